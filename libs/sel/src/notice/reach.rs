//! Who may see a notice.

/// How far a notice goes, or may go: the nearer first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reach {
    /// The members of the SEL alone.
    #[default]
    Members,
    /// Those of its allies too, without who wrote it.
    Allies,
}

impl Reach {
    pub fn as_str(self) -> &'static str {
        match self {
            Reach::Members => "members",
            Reach::Allies => "allies",
        }
    }

    pub fn parse(text: &str) -> Option<Reach> {
        match text {
            "members" => Some(Reach::Members),
            "allies" => Some(Reach::Allies),
            _ => None,
        }
    }
}
