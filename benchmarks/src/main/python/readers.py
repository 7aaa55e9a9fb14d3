"""Runs one of Python's readers and prints a line of figures a pass, as ReaderPasses does.

readers.py READER FOLDER WARM_UP_SECONDS SECONDS

Batches of 4096 rows as tensors. A pass ends with the rows or after SECONDS, since some readers need
a minute for all of them; what counts is rows a CPU second (user and system, with children).
"""

import glob
import os
import random
import sys
import time

BATCH = 4096
FLOATS = ["x%d" % i for i in range(20)]
INTS = ["c%d" % i for i in range(5)]
LABEL = "label"


def files(folder):
    return sorted(glob.glob(os.path.join(folder, "train", "*.parquet")))


def row_groups(folder):
    """Every row group in a random order, as the three arrays of a batch."""
    import numpy as np
    import pyarrow.parquet as pq

    opened = [pq.ParquetFile(f, memory_map=True) for f in files(folder)]
    order = [(f, g) for f in opened for g in range(f.num_row_groups)]
    random.shuffle(order)
    for file, group in order:
        table = file.read_row_group(group, use_threads=False)
        columns = {n: table.column(n).chunk(0).to_numpy() for n in table.column_names}
        yield (
            np.stack([columns[n] for n in FLOATS], axis=1),
            np.stack([columns[n] for n in INTS], axis=1),
            columns[LABEL],
        )


def pyarrow_batches(folder):
    """The careful loop: a row group is stacked and permuted once, batches are slices of it."""
    import torch

    for numeric, categories, labels in row_groups(folder):
        order = torch.randperm(len(labels))
        x = torch.from_numpy(numeric)[order]
        c = torch.from_numpy(categories)[order]
        y = torch.from_numpy(labels)[order]
        for at in range(0, len(y), BATCH):
            yield x[at : at + BATCH], c[at : at + BATCH], y[at : at + BATCH]


def pyarrow_loader(folder, workers):
    import torch

    class RowGroups(torch.utils.data.IterableDataset):
        def __iter__(self):
            return pyarrow_batches(folder)

    loader = torch.utils.data.DataLoader(RowGroups(), batch_size=None, num_workers=workers)
    return lambda: ((y,) for _, _, y in loader)


def tensor_dataset(folder):
    """The usual: everything in memory, one row at a time."""
    import torch

    parts = list(zip(*row_groups(folder)))
    tensors = [torch.cat([torch.from_numpy(a) for a in part]) for part in parts]
    data = torch.utils.data.TensorDataset(*tensors)
    loader = torch.utils.data.DataLoader(data, batch_size=BATCH, shuffle=True)
    return lambda: ((y,) for _, _, y in loader)


def in_memory(folder):
    """Everything in memory, a batch is an index of a permutation."""
    import torch

    parts = list(zip(*row_groups(folder)))
    x, c, y = [torch.cat([torch.from_numpy(a) for a in part]) for part in parts]

    def batches():
        order = torch.randperm(len(y))
        for at in range(0, len(y), BATCH):
            some = order[at : at + BATCH]
            x[some], c[some]
            yield (y[some],)

    return batches


def petastorm(folder, batched):
    from petastorm import make_batch_reader
    from petastorm.pytorch import BatchedDataLoader, DataLoader

    urls = ["file://" + os.path.abspath(f) for f in files(folder)]

    def batches():
        reader = make_batch_reader(
            urls,
            reader_pool_type="thread",
            workers_count=1,
            shuffle_row_groups=True,
            num_epochs=1,
        )
        loader = BatchedDataLoader if batched else DataLoader
        with loader(reader, batch_size=BATCH, shuffling_queue_capacity=1 << 17) as batches:
            for batch in batches:
                yield (batch[LABEL],)

    return batches


def tf_data(folder):
    import tensorflow as tf

    def shuffled(x, c, y):
        order = tf.random.shuffle(tf.range(tf.shape(y)[0]))
        return tf.gather(x, order), tf.gather(c, order), tf.gather(y, order)

    def batches():
        options = tf.data.Options()
        options.threading.private_threadpool_size = 1
        options.threading.max_intra_op_parallelism = 1
        data = (
            tf.data.Dataset.from_generator(
                lambda: row_groups(folder),
                output_signature=(
                    tf.TensorSpec((None, len(FLOATS)), tf.float32),
                    tf.TensorSpec((None, len(INTS)), tf.int32),
                    tf.TensorSpec((None,), tf.float32),
                ),
            )
            .map(shuffled)
            .rebatch(BATCH)
            .prefetch(2)
            .with_options(options)
        )
        return ((y,) for _, _, y in data)

    return batches


READERS = {
    "pyarrow-loop": lambda folder: lambda: ((y,) for _, _, y in pyarrow_batches(folder)),
    "pyarrow-loader": lambda folder: pyarrow_loader(folder, 0),
    "pyarrow-loader-worker": lambda folder: pyarrow_loader(folder, 1),
    "in-memory": in_memory,
    "tensor-dataset": tensor_dataset,
    "petastorm-batched": lambda folder: petastorm(folder, True),
    "petastorm": lambda folder: petastorm(folder, False),
    "tf-data": tf_data,
}


def cpu_seconds():
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def main():
    name, folder, warm_up, seconds = sys.argv[1:]
    warm_up, seconds = float(warm_up), float(seconds)
    if name != "tf-data":
        import torch

        torch.set_num_threads(1)
    batches = READERS[name](folder)
    spent = 0
    number = 0
    while number < 2 or spent < warm_up + seconds:
        warming = number == 0 or spent < warm_up
        rows = 0
        labels = 0.0
        wall = time.perf_counter()
        cpu = cpu_seconds()
        whole = True
        for (y,) in batches():
            rows += int(y.shape[0])
            if number == 0:
                labels += float(y.numpy().astype("float64").sum())
            if time.perf_counter() - wall > seconds:
                whole = False
                break
        took = time.perf_counter() - wall
        spent += took
        print(
            "warm-up" if warming else "pass",
            rows,
            "%.6f" % (cpu_seconds() - cpu),
            "%.6f" % took,
            "%.3f" % labels if number == 0 and whole else "nan",
            flush=True,
        )
        number += 1
    # Worker threads of a pass that was cut short would keep the process.
    os._exit(0)


if __name__ == "__main__":
    main()
