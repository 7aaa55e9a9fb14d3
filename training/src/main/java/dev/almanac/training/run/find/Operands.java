package dev.almanac.training.run.find;

import dev.almanac.training.run.RunStatus;
import dev.almanac.training.run.find.Condition.Operand;
import dev.almanac.training.run.find.Condition.Span;
import dev.almanac.training.run.find.Tokens.Token;
import dev.almanac.training.run.find.Tokens.Type;
import dev.almanac.transforms.problem.Suggestion;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the values that a filter compares with, as their keys ask for. */
final class Operands {
  private static final Pattern DURATION = Pattern.compile("([-+]?)(\\d+(?:\\.\\d+)?)([smhdw])");
  private static final Pattern MINUTE = Pattern.compile("\\d{4}-\\d\\d-\\d\\d[T ]\\d\\d:\\d\\d.*");
  private static final int SECONDS_FROM = 17;

  private final Tokens tokens;
  private final Instant now;

  Operands(Tokens tokens, Instant now) {
    this.tokens = tokens;
    this.now = now;
  }

  /** The next value. */
  Operand of(Key key) throws FilterException {
    Token token = value(key);
    String text = token.text();
    return switch (key.kind()) {
      case TEXT, ANY -> new Operand(text, Value.numberOf(text), null);
      case STATE -> state(token);
      case NUMBER -> number(key, token, Value.numberOf(text), "a number");
      case SECONDS -> {
        Double seconds = seconds(text);
        yield number(
            key,
            token,
            seconds == null ? Value.numberOf(text) : seconds,
            "a number of seconds, or a duration such as 90m or 2h");
      }
      case TIME -> new Operand(text, null, time(key, token));
    };
  }

  /** The next value, of a key whose values are texts. */
  String text(Key key) throws FilterException {
    Token token = value(key);
    if (key.kind() == Key.Kind.NUMBER
        || key.kind() == Key.Kind.SECONDS
        || key.kind() == Key.Kind.TIME) {
      throw tokens.problem(token, "%s is no text, so no text is in it".formatted(key.name()));
    }
    return token.text();
  }

  private Token value(Key key) throws FilterException {
    Token token = tokens.take();
    if (token.type() != Type.WORD && token.type() != Type.TEXT) {
      throw tokens.problem(
          token, "a value for %s must follow here (%s found)".formatted(key.name(), token.shown()));
    }
    if (token.is("null")) {
      throw tokens.problem(token, "nothing equals null: write `is null` or `is not null`");
    }
    return token;
  }

  private Operand state(Token token) throws FilterException {
    List<String> states = Arrays.stream(RunStatus.values()).map(RunStatus::text).toList();
    if (!states.contains(token.text())) {
      throw tokens.problem(
          token,
          "there is no state '%s'%s; states are %s"
              .formatted(
                  token.text(),
                  Suggestion.question(token.text(), states),
                  String.join(", ", states)));
    }
    return new Operand(token.text(), null, null);
  }

  private Operand number(Key key, Token token, Double number, String what) throws FilterException {
    if (number == null) {
      throw tokens.problem(
          token, "%s is compared with %s (%s found)".formatted(key.name(), what, token.shown()));
    }
    return new Operand(token.text(), number, null);
  }

  private Span time(Key key, Token token) throws FilterException {
    String text = token.text();
    try {
      Double ago = seconds(text);
      if (ago != null) {
        if (ago > 0) {
          throw tokens.problem(
              token, "it would be in the future: write -%s for so long ago".formatted(text));
        }
        Instant then = now.plus(Duration.ofMillis(Math.round(ago * 1000)));
        return new Span(then, then.plusSeconds(1));
      }
      if (!MINUTE.matcher(text).matches()) {
        LocalDate day = LocalDate.parse(text);
        Instant from = day.atStartOfDay(ZoneOffset.UTC).toInstant();
        return new Span(from, day.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant());
      }
      String iso = text.replace(' ', 'T');
      boolean zoned = iso.matches(".*(Z|[-+]\\d\\d:\\d\\d)");
      Instant from =
          zoned
              ? OffsetDateTime.parse(iso).toInstant()
              : LocalDateTime.parse(iso).toInstant(ZoneOffset.UTC);
      boolean whole = iso.length() < SECONDS_FROM || iso.charAt(SECONDS_FROM - 1) != ':';
      return new Span(from, from.plusSeconds(whole ? 60 : 1));
    } catch (DateTimeException | ArithmeticException unreadable) {
      throw tokens.problem(
          token,
          "%s is compared with a time, such as 2026-11-01, '2026-11-01 10:30' (in UTC) or -7d (%s found)"
              .formatted(key.name(), token.shown()));
    }
  }

  /** Of a duration such as {@code -7d}; null when it is none. */
  private static Double seconds(String text) {
    Matcher duration = DURATION.matcher(text);
    if (!duration.matches()) {
      return null;
    }
    int unit =
        switch (duration.group(3)) {
          case "s" -> 1;
          case "m" -> 60;
          case "h" -> 3600;
          case "d" -> 86_400;
          default -> 604_800;
        };
    double seconds = Double.parseDouble(duration.group(2)) * unit;
    return duration.group(1).equals("-") ? -seconds : seconds;
  }
}
