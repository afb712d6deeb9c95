vcl 4.1;

# The cache before the site: Varnish 7.1 or later, with xkey and var of varnish-modules. How to install: README.md.
#
# What it holds to (design, rule 7):
# - An answer serves for the s-maxage the site gives it, two seconds, counted from when the site was asked.
# - A purge removes every copy under its keys, those kept for bad times too; what was being fetched while it came is
#   handed to whoever waited for it and not kept.
# - A copy past its two seconds is served only while the site fails, and only if it can be purged.
# - What somebody sends reaches the site when all of it has come.

import std;
import var;
import xkey;

# Asked with the backend's .host_header, which must be one of ALLOWED_HOSTS.
probe ready {
    .url = "/readyz";
    .interval = 1s;
    .timeout = 2s;
    .window = 4;
    .threshold = 3;
    .initial = 3;
}

# Backend, who may purge, and where the token lies: nothing of it belongs in this file.
include "newsroom-site.vcl";

sub vcl_recv {
    if (req.method == "PURGE") {
        call purge_by_key;
    }
    call vcl_req_host;
    if (req.restarts > 0) {
        set req.grace = 1d;
    } elseif (std.healthy(req.backend_hint)) {
        set req.grace = 0s;
    }
    if (req.method != "GET" && req.method != "HEAD") {
        # The site is asked once all of what is sent is here: who sends slowly holds up none of its threads. It takes
        # no more than this itself (newsroom/slow_senders.py).
        if (!std.cache_req_body(64MB)) {
            return (synth(413));
        }
        return (pass);
    }
    # What is read with a key, or signed for one who asks, is nobody else's.
    if (req.http.Authorization || req.http.Accept-Signature || req.url ~ "^/(admin|partners|shared|challenges/mine|healthz|readyz)(/|\?|$)") {
        return (pass);
    }
    unset req.http.Cookie;
    set req.url = std.querysort(req.url);
    return (hash);
}

sub purge_by_key {
    call tell_purge_token;
    if (client.ip !~ purgers
        || req.http.x-purge-expected !~ "^[!-~]{32,}$"
        || req.http.x-purge-token != req.http.x-purge-expected) {
        return (synth(403));
    }
    if (req.http.xkey !~ "[^ ,]") {
        return (synth(400));
    }
    # First the moment, then the copies: what is put into the cache in between was asked for before the moment.
    var.global_set("purged_at", "" + std.real(time=now));
    set req.http.x-purged = xkey.purge(req.http.xkey);
    return (synth(200));
}

sub vcl_hash {
    # Plain requests are sent to https by the site; that answer is not the page.
    hash_data(req.http.X-Forwarded-Proto);
}

sub vcl_miss {
    if (req.restarts > 0) {
        # The site has just failed and there is no copy: it is not asked again.
        return (synth(503));
    }
}

sub vcl_backend_fetch {
    if (bereq.uncacheable) {
        # An act at the desk may take its time.
        set bereq.first_byte_timeout = 120s;
    }
}

sub vcl_backend_response {
    if (bereq.uncacheable) {
        return (deliver);
    }
    if (beresp.status >= 500) {
        # Leaves what there is alone; vcl_synth looks for it.
        return (abandon);
    }
    if (beresp.http.Surrogate-Key) {
        set beresp.http.xkey = beresp.http.Surrogate-Key;
        unset beresp.http.Surrogate-Key;
    }
    set beresp.keep = 0s;
    set beresp.grace = 0s;
    if (beresp.http.Set-Cookie
        || beresp.http.Vary ~ "(?i)(\*|cookie)"
        || beresp.http.Cache-Control ~ "(?i)(no-store|private)") {
        call not_kept;
    }
    # Read before a purge, come after it. The moment is kept to the millisecond, and rounded.
    if (std.real(time=bereq.time) <= std.real(var.global_get("purged_at"), 0.0) + 0.002) {
        call not_kept;
    }
    if (beresp.http.Cache-Control ~ "(?i)immutable") {
        # Named after what is in it.
        set beresp.grace = 1d;
        return (deliver);
    }
    if (beresp.http.Cache-Control ~ "(?i)s-maxage") {
        # The site read the database when it was asked, not when it had answered.
        set beresp.ttl = beresp.ttl - (beresp.time - bereq.time);
    } elseif (beresp.status == 404 && beresp.http.xkey) {
        # Asked for anew each time; kept so that a copy from before cannot come back in its place.
        set beresp.ttl = 0s;
    } else {
        call not_kept;
    }
    if (beresp.ttl <= 0s) {
        # Of 0 s a copy would never be found again, in bad times either.
        set beresp.ttl = 1ms;
    }
    if (beresp.http.xkey) {
        set beresp.grace = 1d;
        # A page that breaks off half-way is no page.
        set beresp.do_stream = false;
    }
    return (deliver);
}

sub not_kept {
    # Others who ask in the next moment do not wait for one another.
    set beresp.uncacheable = true;
    set beresp.ttl = 1s;
    return (deliver);
}

sub vcl_backend_error {
    if (!bereq.uncacheable) {
        return (abandon);
    }
    set beresp.http.Content-Type = "text/plain; charset=utf-8";
    set beresp.http.Cache-Control = "no-store";
    set beresp.body = "The site does not answer. Please try again in a moment." + {"
"};
    return (deliver);
}

sub vcl_deliver {
    unset resp.http.xkey;
    unset resp.http.Surrogate-Key;
    unset resp.http.X-Varnish;
    unset resp.http.Via;
    # Browsers would take it from their own minute.
    unset resp.http.Age;
    if (obj.hits > 0) {
        # Of whoever was first; what comes from here is not counted.
        unset resp.http.RateLimit;
        unset resp.http.RateLimit-Policy;
    }
}

sub vcl_synth {
    if (resp.status == 503 && req.restarts == 0 && (req.method == "GET" || req.method == "HEAD")) {
        # The fetch failed: once more, now content with an older copy.
        return (restart);
    }
    unset resp.http.X-Varnish;
    unset resp.http.Via;
    set resp.http.Cache-Control = "no-store";
    set resp.http.Content-Type = "text/plain; charset=utf-8";
    if (req.method == "PURGE") {
        if (resp.status == 200) {
            set resp.body = req.http.x-purged + {"
"};
        } else {
            set resp.body = resp.reason + {"
"};
        }
        return (deliver);
    }
    if (resp.status == 503) {
        set resp.http.Retry-After = "5";
    }
    if (req.url ~ "^/api/") {
        set resp.http.Content-Type = "application/problem+json";
        set resp.body = {"{"type":"about:blank","title":""} + resp.reason + {"","status":"} + resp.status + "}";
    } else {
        set resp.body = "" + resp.status + " " + resp.reason + {"
"};
    }
    return (deliver);
}
