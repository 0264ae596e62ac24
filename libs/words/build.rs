//! The sentences are embedded; a new file of them must make this crate compile again.
fn main() {
    println!("cargo:rerun-if-changed=locales");
}
