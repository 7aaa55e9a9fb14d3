package dev.almanac.pipelines.work.surroundings;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.almanac.pipelines.work.process.ShortCommand;
import dev.almanac.training.run.RunCode;
import dev.almanac.transforms.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What git knows of the code is in the record to the byte, and git can spoil nothing. */
@Timeout(60)
class GitCheckoutTest {
  private static final String DIFF = "code.diff";

  @TempDir Path folder;

  private Path repository() throws IOException {
    Path repository = Files.createDirectories(folder.resolve("my \u00e4 repository"));
    git(repository, "init", "-q", "-b", "trunk");
    return repository;
  }

  private static String git(Path in, String... arguments) throws IOException {
    List<String> command =
        new ArrayList<>(List.of("git", "-c", "user.name=a", "-c", "user.email=a@b"));
    command.addAll(List.of(arguments));
    ShortCommand.Answer answer =
        new ShortCommand(in, Set.of(), Map.of(), 20_000, 1 << 20).run(command);
    assertEquals(0, answer.status(), answer.errors());
    return answer.text().strip();
  }

  private Path committed() throws IOException {
    Path repository = repository();
    Files.writeString(repository.resolve("model.yaml"), "a: 1\n");
    Files.write(repository.resolve("data.bin"), new byte[] {0, 1, 2, (byte) 200});
    git(repository, "add", ".");
    git(repository, "commit", "-q", "-m", "first");
    return repository;
  }

  @Test
  void aCleanWorkTreeIsItsCommit() throws IOException {
    Path repository = committed();
    GitCheckout found = GitCheckout.of(repository, DIFF);
    assertEquals(
        new RunCode.Checkout(git(repository, "rev-parse", "HEAD"), "trunk", null, List.of(), null),
        found.checkout());
    assertEquals(0, found.diff().length);
  }

  @Test
  void theDiffMakesTheSameFilesOfTheCommit() throws IOException {
    Path repository = committed();
    Files.writeString(repository.resolve("model.yaml"), "a: 2\n");
    byte[] binary = {0, 9, 9, (byte) 250, 0};
    Files.write(repository.resolve("data.bin"), binary);
    Files.writeString(repository.resolve("staged \u00e9.py"), "x = 1\n");
    git(repository, "add", "staged \u00e9.py");
    Files.writeString(repository.resolve(".env"), "SECRET=do-not-tell\n");
    Path below = Files.createDirectories(repository.resolve("configs"));
    git(repository, "config", "diff.noprefix", "true");
    git(repository, "config", "color.ui", "always");
    GitCheckout found = GitCheckout.of(below, DIFF);
    RunCode.Checkout checkout = found.checkout();
    assertEquals(List.of(".env"), checkout.untracked());
    assertEquals(
        new RunCode.Diff(DIFF, found.diff().length, Json.sha256(found.diff()), null),
        checkout.diff());
    assertFalse(new String(found.diff(), StandardCharsets.UTF_8).contains("do-not-tell"));
    Path clone = folder.resolve("clone");
    git(folder, "clone", "-q", repository.toString(), clone.toString());
    Path file = Files.write(folder.resolve("the.diff"), found.diff());
    git(clone, "apply", file.toString());
    assertEquals("a: 2\n", Files.readString(clone.resolve("model.yaml")));
    assertArrayEquals(binary, Files.readAllBytes(clone.resolve("data.bin")));
    assertEquals("x = 1\n", Files.readString(clone.resolve("staged \u00e9.py")));
  }

  @Test
  void aDiffOfAnySizeIsBounded() throws IOException {
    Path repository = committed();
    Files.writeString(repository.resolve("model.yaml"), "long: line\n".repeat(300_000));
    GitCheckout found = GitCheckout.of(repository, DIFF);
    assertEquals(GitCheckout.MOST, found.diff().length);
    assertTrue(found.checkout().diff().cut().contains("only the first 1048576 bytes"));
  }

  @Test
  void whatIsNotKnownIsSaid() throws IOException {
    assertEquals("no repository", GitCheckout.of(folder, DIFF).checkout().unknown());
    RunCode.Checkout empty = GitCheckout.of(repository(), DIFF).checkout();
    assertEquals("nothing is committed yet", empty.unknown());
    assertNull(empty.commit());
    assertEquals(
        "git cannot be run here",
        GitCheckout.of("no-such-git", folder, DIFF, 5_000).checkout().unknown());
  }

  @Test
  void aGitThatHangsIsGivenUpWithAllThatItStarted() throws IOException {
    Path hanging = folder.resolve("git");
    Files.writeString(hanging, "#!/bin/sh\nsleep 300 &\nsleep 300\n");
    Files.setPosixFilePermissions(hanging, PosixFilePermissions.fromString("rwxr-xr-x"));
    GitCheckout found = GitCheckout.of(hanging.toString(), folder, DIFF, 500);
    assertTrue(found.checkout().unknown().contains("gave no answer within 0.5 s"));
  }

  @Test
  void gitOfAHookIsNotAskedOfTheHooksRepository() throws IOException {
    Path hooked = folder.resolve("git-in-hook");
    Files.writeString(hooked, "#!/bin/sh\n[ -z \"$GIT_DIR\" ] || exit 9\nexec git \"$@\"\n");
    Files.setPosixFilePermissions(hooked, PosixFilePermissions.fromString("rwxr-xr-x"));
    Path repository = committed();
    assertNull(GitCheckout.of(hooked.toString(), repository, DIFF, 20_000).checkout().unknown());
  }
}
