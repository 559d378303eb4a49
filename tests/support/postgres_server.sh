#!/usr/bin/env bash
# A PostgreSQL server of its own for tests, from Debian's package: reached only through a socket in its folder.
#   postgres_server.sh start|stop|remove FOLDER      start prints the URL
# As root it runs as the user postgres, because the server refuses to be root. Nothing is kept safe from a crash.
set -euo pipefail
action=$1
folder=$2
data=$folder/data

bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1)
if [ -z "$bin" ] || [ ! -x "$bin/initdb" ]; then
  echo "the tests of the registry need a PostgreSQL server: apt-get install postgresql" >&2
  exit 1
fi

as_owner() {
  if [ "$(id -u)" -eq 0 ]; then
    (cd / && runuser -u postgres -- "$@")
  else
    "$@"
  fi
}

is_running() {
  [ -f "$data/postmaster.pid" ] && as_owner "$bin/pg_ctl" -D "$data" status >/dev/null 2>&1
}

stop() {
  if is_running; then as_owner "$bin/pg_ctl" -D "$data" -m immediate -w stop >/dev/null; fi
}

case "$action" in
  start)
    if ! is_running; then
      mkdir -p "$folder"
      if [ "$(id -u)" -eq 0 ]; then chown postgres "$folder"; fi
      [ -f "$data/PG_VERSION" ] ||
        as_owner "$bin/initdb" -D "$data" -U parley -A trust -E UTF8 --locale=C.UTF-8 --no-sync >"$folder.log" 2>&1 ||
        { cat "$folder.log" >&2; exit 1; }
      # The descriptors of a test are not the server's: ctest would wait for them to close.
      as_owner "$bin/pg_ctl" -D "$data" -w -t 60 -l "$data/server.log" \
        -o "-k $folder -c listen_addresses='' -c fsync=off -c max_connections=100 -c shared_buffers=64MB" \
        start >/dev/null 2>&1 </dev/null || { cat "$data/server.log" >&2; exit 1; }
    fi
    rm -f "$folder.log"
    echo "postgresql://parley@/postgres?host=$folder"
    ;;
  stop) stop ;;
  remove)
    stop
    rm -rf "$folder" "$folder.log"
    ;;
  *)
    echo "usage: postgres_server.sh start|stop|remove FOLDER" >&2
    exit 2
    ;;
esac
