# What differs from place to place. Copy it to newsroom-site.vcl where Varnish looks for it, and edit.

backend site {
    .host = "127.0.0.1";
    .port = "8000";
    # One of ALLOWED_HOSTS; asked for by the probe.
    .host_header = "newsroom.example";
    .probe = ready;
    .connect_timeout = 1s;
    .first_byte_timeout = 5s;
    .between_bytes_timeout = 5s;
}

# The web servers and the worker.
acl purgers {
    "127.0.0.1";
    "::1";
}

# The value of NEWSROOM_PURGE_TOKEN, on one line; read once, when it is first needed.
sub tell_purge_token {
    set req.http.x-purge-expected = regsub(std.fileread("/etc/varnish/newsroom-purge-token"), "\s+$", "");
}
