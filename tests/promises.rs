//! What the source promises, whatever the program does: its style, its layout, its sentences, the
//! licences of what it is built from and the advisories against it.

#[cfg(test)]
mod advisories;
#[cfg(test)]
mod licences;
#[cfg(test)]
mod tidy;
#[cfg(test)]
mod tree;
