//! Who may see a notice.

/// How far a notice goes, or may go: the nearer first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reach {
    /// The members of the SEL alone.
    #[default]
    Members,
    /// Those of its allies too, without who wrote it.
    Allies,
    /// The members of every SEL of the platform, likewise.
    Platform,
    /// Everybody, search engines included, likewise.
    Public,
}

impl Reach {
    pub const ALL: [Reach; 4] = [
        Reach::Members,
        Reach::Allies,
        Reach::Platform,
        Reach::Public,
    ];

    pub fn as_str(self) -> &'static str {
        match self {
            Reach::Members => "members",
            Reach::Allies => "allies",
            Reach::Platform => "platform",
            Reach::Public => "public",
        }
    }

    pub fn parse(text: &str) -> Option<Reach> {
        Reach::ALL.into_iter().find(|reach| reach.as_str() == text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_goes_farther_than_the_one_before_and_reads_as_it_is_written() {
        assert!(Reach::ALL.is_sorted());
        for reach in Reach::ALL {
            assert_eq!(Reach::parse(reach.as_str()), Some(reach));
        }
        assert_eq!(Reach::parse("tous"), None);
    }
}
