import com.sun.source.tree.BlockTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.InstanceOfTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * Says what the compiler's parser sees in the sources below some folders, a fact a line, its fields
 * apart by tabs:
 *
 * <pre>
 * file         PATH  PACKAGE  LINES  INSTANCEOFS
 * type         PATH  NAME     KIND   PUBLIC  DOCUMENTED  STATIC_ONLY
 * constructor  PATH  NAME     PARAMETERS
 * </pre>
 *
 * <p>Nothing is resolved, so that it needs no class path. README.md defines the figures.
 */
final class Sources extends TreePathScanner<Void, Void> {
  private final DocTrees docs;
  private final CompilationUnitTree unit;
  private final String path;
  private int instanceOfs;
  private boolean visible = true;
  private boolean inInterface;

  private Sources(DocTrees docs, CompilationUnitTree unit) {
    this.docs = docs;
    this.unit = unit;
    this.path = Path.of(unit.getSourceFile().toUri()).toString();
  }

  public static void main(String[] folders) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null);
    for (String folder : folders) {
      List<Path> sources;
      try (Stream<Path> all = Files.walk(Path.of(folder))) {
        sources = all.filter(file -> file.toString().endsWith(".java")).sorted().toList();
      }
      List<String> options = List.of("-proc:none", "-encoding", "UTF-8");
      JavacTask task =
          (JavacTask)
              compiler.getTask(
                  null, files, null, options, null, files.getJavaFileObjectsFromPaths(sources));
      DocTrees docs = DocTrees.instance(task);
      for (CompilationUnitTree unit : task.parse()) {
        new Sources(docs, unit).tell();
      }
    }
  }

  private void tell() throws IOException {
    scan(unit, null);
    long lines = Files.readString(Path.of(path)).lines().count();
    Object name = unit.getPackageName() == null ? "" : unit.getPackageName();
    System.out.printf("file\t%s\t%s\t%d\t%d%n", path, name, lines, instanceOfs);
  }

  @Override
  public Void visitInstanceOf(InstanceOfTree tree, Void nothing) {
    instanceOfs++;
    return super.visitInstanceOf(tree, nothing);
  }

  @Override
  public Void visitNewClass(NewClassTree tree, Void nothing) {
    // An anonymous class is no type of its own here; what stands inside it still counts.
    scan(tree.getEnclosingExpression(), nothing);
    scan(tree.getArguments(), nothing);
    if (tree.getClassBody() != null) {
      scan(tree.getClassBody().getMembers(), nothing);
    }
    return null;
  }

  @Override
  public Void visitClass(ClassTree tree, Void nothing) {
    boolean outerVisible = visible;
    boolean outerInterface = inInterface;
    boolean inMethod = getCurrentPath().getParentPath().getLeaf() instanceof BlockTree;
    boolean isPublic = inInterface || tree.getModifiers().getFlags().contains(Modifier.PUBLIC);
    visible = visible && isPublic && !inMethod;
    inInterface = isInterface(tree);
    boolean documented = docs.getDocComment(getCurrentPath()) != null;
    System.out.printf(
        "type\t%s\t%s\t%s\t%b\t%b\t%b%n",
        path, tree.getSimpleName(), tree.getKind(), visible, documented, isStaticOnly(tree));
    for (Tree member : tree.getMembers()) {
      if (member instanceof MethodTree method && method.getName().contentEquals("<init>")) {
        tellConstructor(tree, method.getParameters().size());
      }
    }
    if (tree.getKind() == Tree.Kind.RECORD) {
      tellConstructor(tree, header(tree));
    }
    super.visitClass(tree, nothing);
    visible = outerVisible;
    inInterface = outerInterface;
    return null;
  }

  private void tellConstructor(ClassTree type, long parameters) {
    System.out.printf("constructor\t%s\t%s\t%d%n", path, type.getSimpleName(), parameters);
  }

  /** A record has no fields of an instance but its components. */
  private static long header(ClassTree record) {
    return record.getMembers().stream()
        .filter(member -> member instanceof VariableTree field && !isStatic(field.getModifiers()))
        .count();
  }

  private static boolean isInterface(ClassTree tree) {
    return tree.getKind() == Tree.Kind.INTERFACE || tree.getKind() == Tree.Kind.ANNOTATION_TYPE;
  }

  /**
   * Whether it is a class that nobody makes an object of: it has fields or methods, and all are
   * static.
   */
  private static boolean isStaticOnly(ClassTree tree) {
    if (tree.getKind() != Tree.Kind.CLASS || tree.getExtendsClause() != null) {
      return false;
    }
    boolean members = false;
    for (Tree member : tree.getMembers()) {
      if (member instanceof MethodTree method) {
        if (method.getName().contentEquals("<init>")) {
          if (!method.getModifiers().getFlags().contains(Modifier.PRIVATE)
              || !method.getParameters().isEmpty()) {
            return false;
          }
        } else if (isStatic(method.getModifiers())) {
          members = true;
        } else {
          return false;
        }
      } else if (member instanceof VariableTree field) {
        if (!isStatic(field.getModifiers())) {
          return false;
        }
        members = true;
      } else if (member instanceof BlockTree block && !block.isStatic()) {
        return false;
      }
    }
    return members;
  }

  private static boolean isStatic(ModifiersTree modifiers) {
    return modifiers.getFlags().contains(Modifier.STATIC);
  }
}
