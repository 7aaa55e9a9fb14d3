/**
 * Trains segments of trials on an engine's machines.
 *
 * <p>The segments that a search knows at a time are a generation: the elements of one pipeline,
 * spread by the engine and trained where it puts them, each in a process beside the engine's own,
 * since PyTorch trains one model at a time in a process and engines load a job's classes anew for
 * each pipeline. That process is the search's own worker, started from the classes that came with
 * the job, PyTorch's libraries among them. Runs, checkpoints and answers are files in storage that
 * all reach. When a machine is lost the engine gives its elements to others: a run's lease keeps
 * two attempts apart, and its checkpoint is where the second one begins. What segments there are is
 * the study's affair; where they are trained is the engine's.
 */
package dev.almanac.pipelines.work.cluster;
