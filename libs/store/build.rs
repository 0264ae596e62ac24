//! `sqlx::migrate!` embeds the migrations; a new file must make this crate compile again.
fn main() {
    println!("cargo:rerun-if-changed=../../migrations");
}
