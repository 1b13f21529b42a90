//! Lays the files that pages need into the program, ready to be served.
//!
//! With `node_modules/govuk-frontend` there (`npm ci` in this folder), its stylesheet and script go
//! in, changed in three ways: the typeface GDS Transport (which may only be used on GOV.UK's own
//! domains) gives way to Arial, the royal crest is taken out, and the licence is put on top. Without
//! it a small stylesheet of our own, `assets/plain.css`, stands in, and pages are plainer.

use std::env;
use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use flate2::Compression;
use flate2::write::GzEncoder;
use sha2::{Digest, Sha256};

const GOVUK: &str = "node_modules/govuk-frontend";

fn main() {
    let root = PathBuf::from(env::var("CARGO_MANIFEST_DIR").expect("cargo says where we are"));
    let out = PathBuf::from(env::var("OUT_DIR").expect("cargo says where to write"));
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=assets");
    let govuk = root.join(GOVUK);
    let mut files = vec![own(&root, "kith.css"), own(&root, "enabled.js"), own(&root, "kith.svg")];
    if govuk.join("package.json").is_file() {
        println!("cargo::rerun-if-changed={GOVUK}/package.json");
        files.extend(govuk_files(&root, &govuk));
    } else {
        // A missing file would rebuild every time; the folder changes when the package arrives.
        println!("cargo::rerun-if-changed=.");
        files.push(("page.css".to_owned(), read(&root.join("assets/plain.css"))));
        files.push(("start.js".to_owned(), String::new()));
    }
    fs::write(out.join("assets.rs"), table(&files, &out)).expect("the build folder can be written");
}

/// One of our own files, as it is.
fn own(root: &Path, name: &str) -> (String, String) {
    (name.to_owned(), read(&root.join("assets").join(name)))
}

/// The package's stylesheet and script, as we may serve them.
fn govuk_files(root: &Path, govuk: &Path) -> Vec<(String, String)> {
    let licence = read(&root.join("assets/govuk-frontend-licence.txt"));
    let licence = format!("/*!\n{licence}*/\n");
    let css = read(&govuk.join("dist/govuk/govuk-frontend.min.css"));
    let css = without_rules(&css, "@font-face{");
    let css = without_rules(&css, ".govuk-footer__copyright-logo:before{");
    let css = css.replace("GDS Transport,arial,sans-serif", "arial,sans-serif");
    let css = without_map(&css);
    for forbidden in ["GDS Transport", "govuk-crest", "url("] {
        assert!(!css.contains(forbidden), "{forbidden} is still in the stylesheet: mend build.rs");
    }
    let js = without_map(&read(&govuk.join("dist/govuk/govuk-frontend.min.js")));
    vec![
        ("page.css".to_owned(), format!("{licence}{css}")),
        ("govuk-frontend.js".to_owned(), format!("{licence}{js}")),
        own(root, "start.js"),
    ]
}

/// The stylesheet without the rules whose text starts so. None of them has blocks inside.
fn without_rules(css: &str, start: &str) -> String {
    let mut kept = String::with_capacity(css.len());
    let mut rest = css;
    while let Some(at) = rest.find(start) {
        kept.push_str(&rest[..at]);
        let end = rest[at..].find('}').expect("every rule ends");
        rest = &rest[at + end + 1..];
    }
    kept.push_str(rest);
    kept
}

/// Without the line that names the source map, which is not served.
fn without_map(text: &str) -> String {
    let cut = text.rfind("sourceMappingURL=").map_or(text.len(), |at| at - 4);
    text[..cut].trim_end().to_owned() + "\n"
}

/// The Rust table of the files: name, kind, content, and content compressed where it is smaller.
fn table(files: &[(String, String)], out: &Path) -> String {
    let mut hash = Sha256::new();
    let mut rows = String::new();
    for (name, content) in files {
        hash.update(name.as_bytes());
        hash.update([0]);
        hash.update(content.as_bytes());
        let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(content.as_bytes()).expect("memory can be written");
        let zipped = encoder.finish().expect("memory can be written");
        fs::write(out.join(name), content).expect("the build folder can be written");
        fs::write(out.join(format!("{name}.gz")), &zipped)
            .expect("the build folder can be written");
        let gzip = if zipped.len() < content.len() {
            format!("Some(include_bytes!(concat!(env!(\"OUT_DIR\"), \"/{name}.gz\")))")
        } else {
            "None".to_owned()
        };
        writeln!(
            rows,
            "    Asset {{ name: \"{name}\", kind: \"{}\", plain: include_bytes!(concat!(env!(\"OUT_DIR\"), \"/{name}\")), gzip: {gzip} }},",
            kind(name)
        )
        .expect("a string can be written");
    }
    let digest =
        u64::from_be_bytes(hash.finalize()[..8].try_into().expect("a digest has 32 bytes"));
    format!(
        "/// Changes whenever any file does, so that browsers may keep them for ever.\nconst VERSION: &str = \"{digest:016x}\";\n\nconst ASSETS: &[Asset] = &[\n{rows}];\n"
    )
}

fn kind(name: &str) -> &'static str {
    match name.rsplit_once('.') {
        Some((_, "css")) => "text/css; charset=utf-8",
        Some((_, "js")) => "text/javascript; charset=utf-8",
        Some((_, "svg")) => "image/svg+xml",
        _ => panic!("say what kind of file {name} is"),
    }
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}
