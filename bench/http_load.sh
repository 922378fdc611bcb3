#!/usr/bin/env bash
# bench/http_load.sh [SECONDS]: a page of 14,000 bytes from memory, served by us and by one nginx worker, measured by wrk one after the other in one
# run. JSON on standard output: requests per second and CPU per answer (user and system, from /proc). Builds bench_http (release) first.
. "$(dirname "$0")/../bin/lib.sh"
need_packages build test bench >&2
seconds=${1:-5}
compile release bench_http >&2

work=$(mktemp -d); ours=; nginx=
clean_up() { for pid in $ours $nginx; do kill "$pid" 2>/dev/null || true; done; wait 2>/dev/null || true; rm -rf "$work"; }
trap clean_up EXIT
our_port=18431; nginx_port=18432
head -c 14000 /dev/zero | tr '\0' x >"$work/seite"
cat >"$work/nginx.conf" <<CONF
worker_processes 1; daemon off; master_process off; pid $work/nginx.pid; error_log $work/error.log;
events { worker_connections 1024; }
http { access_log off; keepalive_requests 10000000; sendfile on; tcp_nopush on; default_type text/html; open_file_cache max=10;
       client_body_temp_path $work; proxy_temp_path $work; fastcgi_temp_path $work; uwsgi_temp_path $work; scgi_temp_path $work;
       server { listen 127.0.0.1:$nginx_port; root $work; } }
CONF
build/release/bench_http serve $our_port & ours=$!
"$(command -v nginx || echo /usr/sbin/nginx)" -c "$work/nginx.conf" -p "$work" & nginx=$!
for port in $our_port $nginx_port; do
    for _ in $(seq 100); do curl -sf -o /dev/null "http://127.0.0.1:$port/seite" && break; sleep 0.1; done
done

ticks() { awk '{print $14 + $15}' "/proc/$1/stat"; }
# measure NAME PID URL [wrk options…]: one JSON member
measure() {
    local name=$1 pid=$2 url=$3; shift 3
    local before after out requests rate errors
    before=$(ticks "$pid")
    out=$(wrk -t1 -c32 -d"${seconds}s" "$@" "$url")
    after=$(ticks "$pid")
    requests=$(awk '/requests in/ {print $1}' <<<"$out"); rate=$(awk '/Requests\/sec/ {print $2}' <<<"$out")
    errors=$(awk '/Socket errors/ {gsub(",", ""); print $4 + $6 + $8 + $10}' <<<"$out")
    awk -v n="$name" -v r="$rate" -v q="$requests" -v t=$((after - before)) -v hz="$(getconf CLK_TCK)" -v e="${errors:-0}" \
        'BEGIN { printf "  \"%s\": {\"requests_per_second\": %.0f, \"cpu_ms_per_answer\": %.4f, \"errors\": %d}", n, r, 1000 * t / hz / q, e }'
}
tag=$(curl -sI "http://127.0.0.1:$our_port/seite" | awk 'tolower($1) == "etag:" {print $2}' | tr -d '\r')
ntag=$(curl -sI "http://127.0.0.1:$nginx_port/seite" | awk 'tolower($1) == "etag:" {print $2}' | tr -d '\r')
echo "{"
measure page_from_memory $ours "http://127.0.0.1:$our_port/seite"; echo ","
measure page_by_worker $ours "http://127.0.0.1:$our_port/arbeiter"; echo ","
measure not_modified $ours "http://127.0.0.1:$our_port/seite" -H "If-None-Match: $tag"; echo ","
measure nginx_page $nginx "http://127.0.0.1:$nginx_port/seite"; echo ","
measure nginx_not_modified $nginx "http://127.0.0.1:$nginx_port/seite" -H "If-None-Match: $ntag"; echo
echo "}"
