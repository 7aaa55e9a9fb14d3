# Sourced by the benchmarks: builds what is missing; sets here, home and java.
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)
home=$(dirname "$here")
java=java
[ -z "${JAVA_HOME:-}" ] || java=$JAVA_HOME/bin/java

lists=("$here/target/class-path" "$here/spark-peer/target/class-path")
sources=("$home/pom.xml" "$home"/{testdata,transforms,training}/src/main "$here"/{pom.xml,src/main} "$here"/spark-peer/{pom.xml,src/main})
stale() {
  local list
  for list in "${lists[@]}"; do
    [ -f "$list" ] || return 0
    [ -z "$(find "${sources[@]}" -type f -newer "$list" -print -quit)" ] || return 0
  done
  return 1
}
if stale; then
  echo "benchmarks: building (the first time, Maven fetches Spark's MLlib) ..." >&2
  # shellcheck disable=SC2086
  mvn -q -B -f "$home/pom.xml" -pl benchmarks,benchmarks/spark-peer -am package \
    -Dmaven.test.skip=true -Dstyle.color=never ${ALMANAC_MAVEN_FLAGS:-} >&2
  # Maven leaves a list alone when it would say the same; its age is what tells the next call.
  touch "${lists[@]}"
fi
