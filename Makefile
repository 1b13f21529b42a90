# Each line is a command a person could type.
.PHONY: demo test bench check pages tour

# Builds and serves an invented borough at http://127.0.0.1:8080
demo: pages
	cargo run --release -- demo

# Everything that can be tested on this machine; says what was left out, and what would bring it.
# The tests of the program build it, too.
test: pages
	cargo test --workspace
	node journeys/run.mjs target/debug/kith || sh journeys/left-out.sh $$?

# Takes the pictures of docs/tour.md again.
tour: pages
	cargo build
	node journeys/tour.mjs target/debug/kith

# Each figure beside what it is compared with, in one run.
bench:
	cargo build --release --workspace --examples --bins
	python3 bench/run.py

# What a reviewer's machine would say: form, lints, the rules of the house.
check:
	cargo fmt --all --check
	cargo clippy --workspace --all-targets -- -D warnings
	RUSTDOCFLAGS="-D warnings" cargo doc --workspace --no-deps
	cargo test -p kith --test house

# GOV.UK Frontend from npm; without Node the pages are plainer, and all work.
pages:
	@if command -v npm >/dev/null; then cd web && npm ci --silent --no-audit --no-fund; \
	else echo "Node is not installed: the pages will be plainer. To bring it: apt-get install nodejs npm"; fi
