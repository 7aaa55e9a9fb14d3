package dev.almanac.pipelines.config.yaml;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.almanac.transforms.problem.Problem;
import dev.almanac.transforms.problem.Problems;
import java.math.BigInteger;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.NodeType;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/**
 * Reads YAML 1.2 (core schema) into a tree that remembers its lines.
 *
 * <p>Nodes are only composed, never constructed: no tag can make an object. Dates stay text; a key
 * that stands twice, a tag of one's own and an anchor inside itself are problems.
 */
public final class YamlReader {
  private static final Set<Tag> MAPPINGS = Set.of(Tag.MAP);
  private static final Set<Tag> LISTS = Set.of(Tag.SEQ);
  private static final Set<Tag> SCALARS = Set.of(Tag.STR, Tag.INT, Tag.FLOAT, Tag.BOOL, Tag.NULL);

  /** Sections and lists inside each other: a config of ours has six. */
  private static final int MOST_LEVELS = 64;

  /** The parser's own limit, which it finds only after reading as much. */
  private static final int MOST_CHARACTERS = 3 << 20;

  /** Values of a config, those that aliases repeat counted as often: names of columns, mostly. */
  private static final int MOST_VALUES = 200_000;

  private final ConfigTree tree;
  private final Problems problems;
  private int values;

  private YamlReader(ConfigTree tree, Problems problems) {
    this.tree = tree;
    this.problems = problems;
  }

  /** Reads a file's text into an empty tree. */
  public static void readInto(ConfigTree tree, String text, Problems problems) {
    YamlReader reader = new YamlReader(tree, problems);
    tree.places().line("", 1);
    if (text.length() > MOST_CHARACTERS) {
      problems.add(
          "holds %s characters and may hold %s; name columns by patterns such as \"x*\""
              .formatted(text.length(), MOST_CHARACTERS));
      return;
    }
    if (text.indexOf('\0') >= 0) {
      problems.add("is not YAML: it holds NUL bytes; is it a text in UTF-8?");
      return;
    }
    Optional<Node> node = reader.compose(text, "");
    if (node.isEmpty()) {
      return;
    }
    JsonNode root = reader.read(node.get(), "");
    if (root.isObject()) {
      tree.root().setAll((ObjectNode) root);
    } else {
      problems.add("must be sections, such as `name: my-config`");
    }
  }

  /** Reads the text of one value; missing when it is not YAML. */
  static JsonNode readValue(ConfigTree tree, String path, String text, Problems problems) {
    YamlReader reader = new YamlReader(tree, problems);
    int before = problems.count();
    JsonNode value =
        reader
            .compose(text, path)
            .map(node -> reader.read(node, path))
            .orElse(JsonNodeFactory.instance.nullNode());
    return problems.count() == before ? value : JsonNodeFactory.instance.missingNode();
  }

  private Optional<Node> compose(String text, String path) {
    LoadSettings settings =
        LoadSettings.builder()
            .setLabel(tree.places().file())
            .setSchema(new CoreSchema())
            .setUseMarks(true)
            .build();
    try {
      Optional<Integer> deep = tooDeep(settings, text);
      if (deep.isPresent()) {
        if (path.isEmpty()) {
          tree.places().line("", deep.get());
        }
        problems.at(path).add("is nested more than %s levels deep".formatted(MOST_LEVELS));
        return Optional.empty();
      }
      return new Compose(settings).composeString(text);
    } catch (MarkedYamlEngineException e) {
      if (path.isEmpty()) {
        e.getProblemMark().ifPresent(mark -> tree.places().line("", mark.getLine() + 1));
      }
      problems
          .at(path)
          .add(
              "is not YAML: %s%s"
                  .formatted(e.getContext() == null ? "" : e.getContext() + ", ", e.getProblem()));
    } catch (YamlEngineException e) {
      problems.at(path).add("is not YAML: " + e.getMessage());
    }
    return Optional.empty();
  }

  /** The line on which a text gets too deep: composing and reading it calls itself as often. */
  private static Optional<Integer> tooDeep(LoadSettings settings, String text) {
    int depth = 0;
    for (Event event : new Parse(settings).parseString(text)) {
      depth +=
          switch (event.getEventId()) {
            case MappingStart, SequenceStart -> 1;
            case MappingEnd, SequenceEnd -> -1;
            default -> 0;
          };
      if (depth > MOST_LEVELS) {
        return Optional.of(event.getStartMark().map(mark -> mark.getLine() + 1).orElse(1));
      }
    }
    return Optional.empty();
  }

  private JsonNode read(Node node, String path) {
    if (++values > MOST_VALUES) {
      if (values == MOST_VALUES + 1) {
        problems
            .at(path)
            .add("holds more than %s values (aliases repeat theirs)".formatted(MOST_VALUES));
      }
      return none();
    }
    if (node.isRecursive()) {
      problems.at(path).add("must not contain itself (an alias of its own anchor)");
      return none();
    }
    return switch (node.getNodeType()) {
      case MAPPING -> isUntagged(node, MAPPINGS, path) ? object((MappingNode) node, path) : none();
      case SEQUENCE -> isUntagged(node, LISTS, path) ? array((SequenceNode) node, path) : none();
      default -> isUntagged(node, SCALARS, path) ? scalar((ScalarNode) node, path) : none();
    };
  }

  private boolean isUntagged(Node node, Set<Tag> usual, String path) {
    if (!usual.contains(node.getTag())) {
      problems.at(path).add("tags have no meaning here (%s)".formatted(node.getTag()));
      return false;
    }
    return true;
  }

  private static JsonNode none() {
    return JsonNodeFactory.instance.nullNode();
  }

  private ArrayNode array(SequenceNode sequence, String path) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    for (Node element : sequence.getValue()) {
      if (values > MOST_VALUES) {
        break;
      }
      String at = path + "[" + array.size() + "]";
      place(element, at);
      array.add(read(element, at));
    }
    return array;
  }

  private ObjectNode object(MappingNode mapping, String path) {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    for (NodeTuple tuple : mapping.getValue()) {
      if (values > MOST_VALUES) {
        break;
      }
      if (tuple.getKeyNode().getNodeType() != NodeType.SCALAR) {
        place(tuple.getKeyNode(), path);
        problems.at(path).add("keys must be text, not lists or sections");
        continue;
      }
      ScalarNode key = (ScalarNode) tuple.getKeyNode();
      String at = path.isEmpty() ? key.getValue() : path + "." + key.getValue();
      if (object.has(key.getValue())) {
        Problem twice =
            new Problem(
                at,
                "stands twice in its section (first on line %s)".formatted(tree.places().line(at)));
        key.getStartMark().ifPresent(mark -> tree.places().line(twice, mark.getLine() + 1));
        problems.addAll(List.of(twice));
        continue;
      }
      place(key, at);
      object.set(key.getValue(), read(tuple.getValueNode(), at));
    }
    return object;
  }

  private JsonNode scalar(ScalarNode node, String path) {
    Tag tag = node.getTag();
    String text = node.getValue();
    if (tag.equals(Tag.STR)) {
      return JsonNodeFactory.instance.textNode(text);
    } else if (tag.equals(Tag.NULL)) {
      return none();
    }
    tree.texts().put(path, text);
    if (tag.equals(Tag.BOOL)) {
      return JsonNodeFactory.instance.booleanNode(text.equalsIgnoreCase("true"));
    }
    return tag.equals(Tag.INT) ? integer(text) : number(text);
  }

  /** The same nodes that a JSON reader makes, so that equal values are equal nodes. */
  private static JsonNode integer(String text) {
    String digits = text.startsWith("+") ? text.substring(1) : text;
    BigInteger value =
        digits.startsWith("0x")
            ? new BigInteger(digits.substring(2), 16)
            : digits.startsWith("0o")
                ? new BigInteger(digits.substring(2), 8)
                : new BigInteger(digits);
    if (value.bitLength() < 32) {
      return JsonNodeFactory.instance.numberNode(value.intValue());
    } else if (value.bitLength() < 64) {
      return JsonNodeFactory.instance.numberNode(value.longValue());
    }
    return JsonNodeFactory.instance.numberNode(value);
  }

  private static JsonNode number(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    if (lower.endsWith(".inf")) {
      return JsonNodeFactory.instance.numberNode(
          lower.startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY);
    } else if (lower.endsWith(".nan")) {
      return JsonNodeFactory.instance.numberNode(Double.NaN);
    }
    return JsonNodeFactory.instance.numberNode(Double.parseDouble(text));
  }

  private void place(Node node, String path) {
    node.getStartMark().ifPresent(mark -> tree.places().line(path, mark.getLine() + 1));
  }
}
