#!/usr/bin/env bash
# bench/load.sh [SECONDS]: the example district as it is served. Start to the first answer, memory at rest and under 256 connections, and the public
# status page (200 and 304) beside one nginx worker with the same bytes, measured by wrk one after the other in one run. JSON on standard output.
. "$(dirname "$0")/../bin/lib.sh"
need_packages build test bench >&2
seconds=${1:-5}
compile release miteinander >&2

work=$(mktemp -d); ours=; nginx=
clean_up() { for pid in $ours $nginx; do kill "$pid" 2>/dev/null || true; done; wait 2>/dev/null || true; rm -rf "$work"; }
trap clean_up EXIT
free_port() { python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'; }
our_port=$(free_port); nginx_port=$(free_port)
program=build/release/miteinander
for set in nordhausen-2018 nordhausen-2018-sample; do "$program" load "data/$set" --data "$work/data" >&2; done

now() { date +%s%N; }
url="http://127.0.0.1:$our_port/umsetzung"
begun=$(now)
"$program" serve --data "$work/data" --port "$our_port" --today 2020-09-30 --quiet >&2 & ours=$!
until curl -sf -o /dev/null "$url"; do sleep 0.005; done
started=$(( ($(now) - begun) / 1000000 ))
rss() { awk '/VmRSS/ {printf "%.1f", $2 / 1024}' "/proc/$1/status"; }
at_rest=$(rss "$ours")

curl -sf "$url" -o "$work/umsetzung"
cat >"$work/nginx.conf" <<CONF
worker_processes 1; daemon off; master_process off; pid $work/nginx.pid; error_log $work/error.log;
events { worker_connections 1024; }
http { access_log off; keepalive_requests 10000000; sendfile on; tcp_nopush on; default_type text/html; open_file_cache max=10;
       client_body_temp_path $work; proxy_temp_path $work; fastcgi_temp_path $work; uwsgi_temp_path $work; scgi_temp_path $work;
       server { listen 127.0.0.1:$nginx_port; root $work; } }
CONF
"$(command -v nginx || echo /usr/sbin/nginx)" -c "$work/nginx.conf" -p "$work" & nginx=$!
until curl -sf -o /dev/null "http://127.0.0.1:$nginx_port/umsetzung"; do sleep 0.05; done

ticks() { awk '{print $14 + $15}' "/proc/$1/stat"; }
# measure NAME PID URL [wrk options…]: one JSON member
measure() {
    local name=$1 pid=$2 target=$3; shift 3
    local before after out requests rate errors
    before=$(ticks "$pid")
    out=$(wrk -t1 -c32 -d"${seconds}s" "$@" "$target")
    after=$(ticks "$pid")
    requests=$(awk '/requests in/ {print $1}' <<<"$out"); rate=$(awk '/Requests\/sec/ {print $2}' <<<"$out")
    errors=$(awk '/Socket errors/ {gsub(",", ""); print $4 + $6 + $8 + $10} /Non-2xx/ {print $NF}' <<<"$out" | head -1)
    awk -v n="$name" -v r="$rate" -v q="$requests" -v t=$((after - before)) -v hz="$(getconf CLK_TCK)" -v e="${errors:-0}" \
        'BEGIN { printf "  \"%s\": {\"requests_per_second\": %.0f, \"cpu_ms_per_answer\": %.4f, \"errors\": %d},\n", n, r, 1000 * t / hz / q, e }'
}
tag() { curl -sI "$1" | awk 'tolower($1) == "etag:" {print $2}' | tr -d '\r'; }
echo "{"
echo "  \"bytes\": $(stat -c %s "$work/umsetzung"),"
echo "  \"start_to_first_answer_ms\": $started,"
echo "  \"resident_mb_at_rest\": $at_rest,"
measure status_page "$ours" "$url"
measure status_page_not_modified "$ours" "$url" -H "If-None-Match: $(tag "$url")"
measure nginx_page "$nginx" "http://127.0.0.1:$nginx_port/umsetzung"
measure nginx_not_modified "$nginx" "http://127.0.0.1:$nginx_port/umsetzung" -H "If-None-Match: $(tag "http://127.0.0.1:$nginx_port/umsetzung")"
# 256 readers of a page that has to be made for each of them, as every address is another one.
cat >"$work/others.lua" <<'LUA'
local n = 0
request = function() n = n + 1; return wrk.format("GET", "/pflichten?zustand=open&n=" .. n) end
LUA
wrk -t1 -c256 -d"${seconds}s" -s "$work/others.lua" "http://127.0.0.1:$our_port/" >"$work/many" & many=$!
peak=0
while kill -0 "$many" 2>/dev/null; do peak=$(awk -v a="$peak" -v b="$(rss "$ours")" 'BEGIN {print (a > b ? a : b)}'); sleep 0.2; done
echo "  \"pages_made_per_second\": $(awk '/Requests\/sec/ {print $2}' "$work/many"),"
echo "  \"resident_mb_under_256_connections\": $peak"
echo "}"
