import com.sun.jdi.Bootstrap;
import com.sun.jdi.Method;
import com.sun.jdi.ReferenceType;
import com.sun.jdi.VirtualMachine;
import com.sun.jdi.connect.Connector;
import com.sun.jdi.connect.LaunchingConnector;
import com.sun.jdi.event.BreakpointEvent;
import com.sun.jdi.event.ClassPrepareEvent;
import com.sun.jdi.event.Event;
import com.sun.jdi.event.EventSet;
import com.sun.jdi.event.VMDisconnectEvent;
import com.sun.jdi.request.BreakpointRequest;
import com.sun.jdi.request.ClassPrepareRequest;
import com.sun.jdi.request.EventRequest;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Runs a program under the JDK's own debugger interface and counts how often methods are entered;
 * the program is not changed.
 *
 * <pre>
 * java Entries.java STOP CLASS#METHOD,... JVM-OPTIONS MAIN-CLASS-AND-ARGUMENTS
 * </pre>
 *
 * <p>STOP, too, is CLASS#METHOD; a class is a whole name or a simple one, an overloaded method
 * counts as one, and constructors cannot be watched: HotSpot reports the same entry without end.
 * Standard output says by method {@code METHOD BEFORE ALL}, apart by tabs: entries before STOP was
 * entered for the first time, and in all. A method that is not listed was in no loaded class. What
 * the program prints goes to standard error, its exit status is this one's.
 */
final class Entries {
  private final VirtualMachine machine;
  private final String stop;
  private final List<String> methods;
  private final Map<String, int[]> counts = new TreeMap<>();
  private boolean stopped;

  private Entries(VirtualMachine machine, String stop, List<String> methods) {
    this.machine = machine;
    this.stop = stop;
    this.methods = methods;
  }

  public static void main(String[] arguments) throws Exception {
    LaunchingConnector connector = Bootstrap.virtualMachineManager().defaultConnector();
    Map<String, Connector.Argument> launch = connector.defaultArguments();
    launch.get("options").setValue(arguments[2]);
    launch.get("main").setValue(arguments[3]);
    Entries entries =
        new Entries(connector.launch(launch), arguments[0], List.of(arguments[1].split(",")));
    System.exit(entries.count());
  }

  private int count() throws Exception {
    Process program = machine.process();
    Thread out = pump(program.getInputStream());
    Thread err = pump(program.getErrorStream());
    List<String> watched = new ArrayList<>(methods);
    watched.add(stop);
    for (String type : watched.stream().map(Entries::type).distinct().toList()) {
      ClassPrepareRequest request = machine.eventRequestManager().createClassPrepareRequest();
      request.addClassFilter(type.contains(".") ? type : "*." + type);
      request.enable();
    }
    boolean connected = true;
    while (connected) {
      EventSet events = machine.eventQueue().remove();
      for (Event event : events) {
        if (event instanceof ClassPrepareEvent loaded) {
          watch(loaded.referenceType(), watched);
        } else if (event instanceof BreakpointEvent reached) {
          enter((String) reached.request().getProperty("method"));
        } else if (event instanceof VMDisconnectEvent) {
          connected = false;
        }
      }
      if (connected) {
        events.resume();
      }
    }
    out.join();
    err.join();
    counts.forEach(
        (method, count) -> System.out.printf("%s\t%d\t%d%n", method, count[0], count[1]));
    return program.waitFor();
  }

  private void watch(ReferenceType type, List<String> watched) {
    for (String method : watched) {
      if (!("." + type.name()).endsWith("." + type(method))) {
        continue;
      }
      for (Method found : type.methodsByName(method.substring(method.indexOf('#') + 1))) {
        if (found.isAbstract() || found.isBridge()) {
          continue;
        }
        BreakpointRequest request =
            machine.eventRequestManager().createBreakpointRequest(found.location());
        request.setSuspendPolicy(EventRequest.SUSPEND_EVENT_THREAD);
        request.putProperty("method", method);
        request.enable();
        if (!method.equals(stop)) {
          counts.putIfAbsent(method, new int[2]);
        }
      }
    }
  }

  private static String type(String method) {
    return method.substring(0, method.indexOf('#'));
  }

  private void enter(String method) {
    if (method.equals(stop)) {
      stopped = true;
      return;
    }
    counts.get(method)[1]++;
    if (!stopped) {
      counts.get(method)[0]++;
    }
  }

  /** The program waits when nobody reads what it prints. */
  private static Thread pump(InputStream from) {
    Thread thread =
        new Thread(
            () -> {
              try (OutputStream to = System.err) {
                from.transferTo(to);
              } catch (java.io.IOException e) {
                throw new java.io.UncheckedIOException(e);
              }
            });
    thread.start();
    return thread;
  }
}
