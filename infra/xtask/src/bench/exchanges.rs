//! Exchanges a second, within one SEL, spread over a hundred, and between them, beside pgbench.

use std::path::Path;

use super::poster::Poster;
use super::rival::Rival;
use super::{Bench, Measured, PORT, costs, many};
use crate::say::{Trouble, say};

impl Bench {
    pub(super) fn exchanges(
        &mut self,
        mut mars: Vec<Poster>,
        programs: &Path,
    ) -> Result<(), Trouble> {
        say("\nexchanges, each a POST with its rules, event and commit");
        let rival = Rival::prepare(programs, &self.postgres)?;
        let before = self.beside(&rival)?;
        let alone = self.measure(&mut mars[..1], Poster::post);
        let within = self.measure(&mut mars, Poster::post);
        let spread = self.spread(false)?;
        let abroad = self.spread(true)?;
        let mut pair = Vec::new();
        for client in 0..16 {
            pair.push(many::poster(1 + client % 2, true, PORT)?);
        }
        let between_two = self.measure(&mut pair, Poster::post);
        let after = self.beside(&rival)?;
        let (one, many) = (
            f64::midpoint(before.0, after.0),
            f64::midpoint(before.1, after.1),
        );
        for (name, clients, measured, rival) in [
            ("1 SEL", 1, &alone, one),
            ("100 SELs", 1, &spread[0], one),
            ("1 SEL", 16, &within, many),
            ("100 SELs", 16, &spread[1], many),
            ("between 100", 1, &abroad[0], one),
            ("between 100", 16, &abroad[1], many),
            ("between 2", 16, &between_two, many),
        ] {
            say(format!(
                "{name:<12}{clients:>3} clients {:>7.0}/s  {:.2} of pgbench  {}",
                measured.run.per_second(),
                measured.run.per_second() / rival,
                costs(measured),
            ));
        }
        self.tell_memory();
        Ok(())
    }

    /// Transactions of the rival a second, with one client and with sixteen: taken before and after
    /// the exchanges, since a machine is not equally quick for long.
    fn beside(&self, rival: &Rival<'_>) -> Result<(f64, f64), Trouble> {
        let one = rival.per_second(1, self.time)?;
        let many = rival.per_second(16, self.time)?;
        say(format!(
            "pgbench, TPC-B-like: {one:.0}/s at 1 client, {many:.0}/s at 16"
        ));
        Ok((one, many))
    }

    /// One client, then sixteen, at home in the hundred SELs in turn; posting there, or to the
    /// members of the ally of each.
    fn spread(&mut self, abroad: bool) -> Result<[Measured; 2], Trouble> {
        let mut posters = Vec::new();
        for place in 1..=many::SELS {
            posters.push(many::poster(place, abroad, PORT)?);
        }
        let mut one = [Turns { posters, next: 0 }];
        let alone = self.measure(&mut one, Turns::post);
        let mut all: Vec<Turns> = (0..16)
            .map(|_| Turns {
                posters: Vec::new(),
                next: 0,
            })
            .collect();
        let [Turns { posters, .. }] = one;
        for (place, poster) in posters.into_iter().enumerate() {
            all[place % 16].posters.push(poster);
        }
        Ok([alone, self.measure(&mut all, Turns::post)])
    }
}

/// Posters who take turns: one client.
struct Turns {
    posters: Vec<Poster>,
    next: usize,
}

impl Turns {
    fn post(&mut self) -> bool {
        self.next = (self.next + 1) % self.posters.len();
        self.posters[self.next].post()
    }
}
