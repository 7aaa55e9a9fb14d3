# What the scripts `spark/cluster` and `flink/cluster` share: processes of a cluster on this machine, in a folder.
#
#   cluster start FOLDER WORKERS   starts a master and so many workers, prints the master's address
#   cluster stop FOLDER            ends them
#
# FOLDER holds logs and, in `pids`, a line `name pid` a process: `worker-1` is the first worker. Everything listens on 127.0.0.1, on ports
# that are free. A script sets `module`, its runner's folder, and defines `start_in_folder`.
set -euo pipefail

java=java
[ -z "${JAVA_HOME:-}" ] || java=$JAVA_HOME/bin/java

refuse() {
  echo "cluster: $1" >&2
  exit 2
}

# Links the module's jars into a folder, but for those whose names match a pattern: what a job brings is not the cluster's.
link_jars() {
  local into=$1 brought=$2 jars jar
  mkdir -p "$into"
  IFS=: read -ra jars <<<"$(cat "$module/target/class-path")"
  for jar in "${jars[@]}"; do
    [[ ${jar##*/} =~ ^($brought) ]] || ln -sf "$jar" "$into/"
  done
}

# Starts a program in the background under a name.
launch() {
  local name=$1
  shift
  nohup "$@" >"$folder/$name.log" 2>&1 </dev/null &
  echo "$name $!" >>"$folder/pids"
}

# Waits at most two minutes until the log of a process says something.
await() {
  local name=$1 words=$2
  for _ in $(seq 600); do
    ! grep -q "$words" "$folder/$name.log" || return 0
    kill -0 "$(sed -n "s/^$name //p" "$folder/pids")" 2>/dev/null || break
    sleep 0.2
  done
  tail -n 20 "$folder/$name.log" >&2
  stop
  refuse "Cannot start $name: its log, above, does not say '$words'"
}

stop() {
  [ -f "$folder/pids" ] || return 0
  local pids alive pid
  pids=$(cut -d ' ' -f 2 "$folder/pids")
  for pid in $pids; do
    kill "$pid" 2>/dev/null || true
  done
  for _ in $(seq 50); do
    alive=
    for pid in $pids; do
      ! kill -0 "$pid" 2>/dev/null || alive=yes
    done
    [ -n "$alive" ] || break
    sleep 0.2
  done
  for pid in $pids; do
    kill -9 "$pid" 2>/dev/null || true
  done
  rm -f "$folder/pids"
}

cluster() {
  case "${1:-} $#" in
    'start 3')
      [ "$3" -ge 1 ] 2>/dev/null || refuse "Cannot start '$3' workers: a cluster has one or more"
      [ -f "$module/target/class-path" ] ||
        refuse "Cannot start: there is no $module/target/class-path; any command of ./almanac with --runner ${module##*/} makes it"
      mkdir -p "$2"
      folder=$(cd "$2" && pwd -P)
      [ ! -e "$folder/pids" ] || refuse "Cannot start in $folder: a cluster runs there; stop it first"
      start_in_folder "$3"
      ;;
    'stop 2')
      [ -d "$2" ] || return 0
      folder=$(cd "$2" && pwd -P)
      stop
      ;;
    *) refuse "Cannot understand '$*': start FOLDER WORKERS, or stop FOLDER" ;;
  esac
}
