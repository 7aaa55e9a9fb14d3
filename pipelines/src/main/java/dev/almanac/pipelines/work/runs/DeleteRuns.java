package dev.almanac.pipelines.work.runs;

import dev.almanac.pipelines.work.Watch;
import dev.almanac.pipelines.work.Work;
import dev.almanac.training.lease.Lease;
import dev.almanac.training.lease.LeaseHolder;
import dev.almanac.transforms.problem.Count;
import dev.almanac.transforms.problem.ForeseenException;
import dev.almanac.transforms.problem.Names;
import dev.almanac.transforms.storage.Storage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Deletes runs so that they can be restored: they move below {@code .deleted} of their folder.
 *
 * @param names of the runs' folders, as {@link SelectRuns} gives them
 * @param forced whether runs that are under way, promoted or a study's winner are deleted too;
 *     otherwise none is when there is one
 * @return the names of those that were
 */
public record DeleteRuns(RunFolder folder, List<String> names, boolean forced)
    implements Work<List<String>> {
  public DeleteRuns {
    names = List.copyOf(names);
  }

  @Override
  public List<String> run(Watch watch) throws IOException {
    if (!forced) {
      List<String> used = used();
      if (!used.isEmpty()) {
        throw new ForeseenException(
            "Cannot delete %s of %s: %s; leave them out, or give --force, and none was deleted"
                .formatted(Count.of(names.size(), "run"), folder.path(), Names.listed(used)));
      }
    }
    return List.copyOf(
        Batches.of(
                folder,
                "delete runs of " + folder.path(),
                names,
                watch,
                (changes, name) -> changes.delete(name) ? name : null)
            .keySet());
  }

  private List<String> used() throws IOException {
    Standing standing = Standing.of(folder.path(), unreadable -> {});
    List<String> used = new ArrayList<>();
    for (String name : names) {
      Optional<LeaseHolder> holder = Lease.holder(Storage.resolve(folder.path(), name));
      if (holder.isPresent()) {
        used.add("%s is under way (%s)".formatted(name, holder.get()));
      } else if (standing.use(name) != null) {
        used.add("%s %s".formatted(name, standing.use(name)));
      }
    }
    return used;
  }
}
