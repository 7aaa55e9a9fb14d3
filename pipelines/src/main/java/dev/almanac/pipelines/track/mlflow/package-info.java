/** MLflow's tracking server, by its REST API 2.0; the only package that speaks HTTP by itself. */
package dev.almanac.pipelines.track.mlflow;
