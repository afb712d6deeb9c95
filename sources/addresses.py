def normalise_url(url):
    return url.lower()
