# Sourced by the benchmarks: `environment NAME REQUIREMENT...` makes a Python environment under target, once, and sets python to its
# interpreter; it fails when the requirements cannot be installed.
environment() {
  local folder=$here/target/$1
  shift
  if [ "$(cat "$folder/requirements" 2>/dev/null)" != "$*" ]; then
    echo "benchmarks: installing $* ..." >&2
    python3 -m venv "$folder" && "$folder/bin/pip" install -q "$@" >&2 && echo "$*" >"$folder/requirements" || return 1
  fi
  python=$folder/bin/python
}

# The PyTorch of this version, with what reads parquet.
torch() {
  environment "torch-$1" "torch==$1" 'numpy<2' pyarrow==14.0.2
}
