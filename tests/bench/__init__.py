"""``make bench``: how fast, as ratios within one run. Not part of the tests: speed is no pass or fail there."""
