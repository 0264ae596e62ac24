//! Letters, and the links in them.

use super::App;

/// A letter as its reader sees it.
#[derive(Debug)]
pub(crate) struct Letter {
    pub(crate) subject: String,
    pub(crate) text: String,
}

impl App {
    /// The letters to this address, the newest first.
    pub(crate) async fn letters(&self, to: &str) -> Vec<Letter> {
        self.settle().await;
        let letters = self.mailbox.list(500).await.unwrap();
        letters
            .into_iter()
            .filter(|letter| letter.to.address == to)
            .map(|letter| Letter {
                subject: letter.subject.replace('\u{a0}', " "),
                text: letter.text.replace('\u{a0}', " "),
            })
            .collect()
    }

    /// The path of the newest link to this address that begins so.
    pub(crate) async fn link_to(&self, to: &str, path: &str) -> String {
        let letters = self.letters(to).await;
        letters
            .iter()
            .find_map(|letter| letter.link(path))
            .unwrap_or_else(|| panic!("no link {path} to {to}"))
    }
}

impl Letter {
    fn link(&self, path: &str) -> Option<String> {
        let words = self.text.split_whitespace();
        let mut links = words.filter_map(|word| {
            let bare = word.strip_prefix("http://");
            bare.or_else(|| word.strip_prefix("https://"))
        });
        links.find_map(|link| {
            let (_, rest) = link.split_once('/')?;
            let here = format!("/{rest}");
            here.starts_with(path).then_some(here)
        })
    }
}
