//! Postgres's own full-text search over the same notices: French without accents, weighed by title,
//! rubric and text, trigrams for what is mistyped; visibility as explicit predicates, the best
//! indexes we know of, and `pgbench` to ask.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use super::{Far, Figures, Shape, Sort};
use crate::errand;
use crate::say::{Trouble, say};
use crate::server::Postgres;

const COPY: &str = include_str!("rival.sql");
const INDEXES: [(&str, &str); 3] = [
    (
        "words (GIN)",
        "create index words on rival.notice using gin (document)",
    ),
    (
        "words of a SEL (GIN)",
        "create index words_of_sel on rival.notice using gin (association_id, document)",
    ),
    (
        "trigrams (GIN)",
        "create index trigrams on rival.notice using gin (plain gin_trgm_ops)",
    ),
];
const COUNTS: &str = "(select json_agg(json_build_array(kind, category, n, urgent, gifts)) from \
    (select kind, category, count(*) as n, count(*) filter (where urgent) as urgent, \
    count(*) filter (where gift) as gifts \
    from found group by grouping sets ((kind), (category), ())) c)";
const MARKED: &str = "(select json_agg(json_build_array(notice_id, \
    ts_headline('rival.french', title, query, 'HighlightAll=true'), \
    ts_headline('rival.french', body, query, 'MaxWords=25,MinWords=15')) \
    order by rank desc, published_at desc) from first join rival.text using (notice_id), asked)";
/// Sorting and gathering should not spill.
const SETTINGS: &str = "-c work_mem=64MB";
const KM: &str = "111.2 * sqrt((latitude - 43.3) ^ 2 + (0.728 * (longitude - 5.4)) ^ 2)";

/// What is asked for.
#[derive(Clone, Copy, Debug)]
pub(super) enum Answer {
    /// The first twenty, and no more.
    First,
    /// And how many there are of each kind and of each rubric, urgent ones and gifts, as our index
    /// tells.
    Counts,
    /// And the texts of the first, with the words that were typed marked, as our page shows them.
    Page,
}

fn write(file: &Path, text: &str) -> Result<(), Trouble> {
    fs::write(file, text).map_err(|error| Trouble::new(format!("{}: {error}", file.display())))
}

#[derive(Debug)]
pub(super) struct Rival<'a> {
    programs: &'a Path,
    socket: String,
    folder: PathBuf,
    own: String,
    allies: String,
    /// Where the own association is.
    place: String,
}

impl<'a> Rival<'a> {
    pub(super) fn prepare(
        programs: &'a Path,
        at: &Postgres,
        state: &Path,
    ) -> Result<Rival<'a>, Trouble> {
        let folder = state.join("asked");
        fs::create_dir_all(&folder)
            .map_err(|error| Trouble::new(format!("{}: {error}", folder.display())))?;
        let mut rival = Rival {
            programs,
            socket: at.socket.clone(),
            folder,
            own: String::new(),
            allies: String::new(),
            place: String::new(),
        };
        let begun = Instant::now();
        rival.run(COPY)?;
        rival.run("analyze rival.notice, rival.text")?;
        let size = rival.told(
            "select pg_size_pretty(pg_table_size('rival.notice')) || ', its texts ' || \
             pg_size_pretty(pg_table_size('rival.text'))",
        )?;
        let seconds = begun.elapsed().as_secs_f64();
        say(format!(
            "the rival's table with its words: {seconds:.0} s, {size}"
        ));
        for (name, create) in INDEXES {
            let begun = Instant::now();
            rival.run(create)?;
            let made = create.split_whitespace().nth(2).unwrap_or_default();
            let size = rival.told(&format!(
                "select pg_size_pretty(pg_relation_size('rival.{made}'))"
            ))?;
            let seconds = begun.elapsed().as_secs_f64();
            say(format!("the rival's {name}: {seconds:.0} s, {size}"));
        }
        rival.own = rival.told("select association_id from association where slug = 'sel-0001'")?;
        rival.allies = rival.told(&format!(
            "select string_agg(quote_literal(ally_id), ', ') from alliance \
             where association_id = '{}'",
            rival.own
        ))?;
        rival.place = rival
            .told("select latitude || ' ' || longitude from association where slug = 'sel-0001'")?;
        Ok(rival)
    }

    fn command(&self, program: &str) -> Command {
        let mut command = Command::new(self.programs.join(program));
        command.env("PGOPTIONS", SETTINGS);
        command.args(["-h", &self.socket, "-U", "saline_admin"]);
        command
    }

    fn run(&self, script: &str) -> Result<(), Trouble> {
        let file = self.folder.join("run.sql");
        write(&file, script)?;
        let mut psql = self.command("psql");
        psql.args([
            "-q",
            "-d",
            "saline",
            "-v",
            "ON_ERROR_STOP=1",
            "-o",
            "/dev/null",
            "-f",
        ]);
        if errand::run_unseen(psql.arg(&file)) {
            Ok(())
        } else {
            Err(Trouble::new("the rival could not be prepared"))
        }
    }

    fn told(&self, question: &str) -> Result<String, Trouble> {
        let mut psql = self.command("psql");
        psql.args(["-qAt", "-d", "saline", "-c", question]);
        errand::answer(&mut psql).ok_or_else(|| Trouble::new("the rival tells nothing"))
    }

    /// Asks all questions of a shape, in turn by chance.
    pub(super) fn measure(
        &self,
        (shape, answer): (&Shape, Answer),
        clients: usize,
        time: Duration,
    ) -> Result<Figures, Trouble> {
        let mut pgbench = self.command("pgbench");
        for (at, words) in shape.words.iter().enumerate() {
            let file = self.folder.join(format!("{at}.sql"));
            write(&file, &self.question(shape, words, answer))?;
            pgbench.arg("-f").arg(&file);
        }
        let log = self.folder.join("log");
        // Once unmeasured, as ours is.
        let warm = &mut self.command("pgbench");
        warm.args(pgbench.get_args())
            .args(["-n", "-T", "1", "saline"]);
        errand::answer(warm).ok_or_else(|| Trouble::new("pgbench failed"))?;
        let seconds = time.as_secs().max(1).to_string();
        pgbench.args([
            "-n",
            "-M",
            "prepared",
            "-T",
            &seconds,
            "-c",
            &clients.to_string(),
        ]);
        pgbench.args(["-j", &clients.min(2).to_string(), "-l", "--log-prefix"]);
        let told = errand::answer(pgbench.arg(&log).arg("saline"));
        let told = told.ok_or_else(|| Trouble::new("pgbench told no figure"))?;
        let mut taken = self.taken()?;
        taken.sort_unstable();
        let at = |percent: usize| {
            let place = (taken.len() * percent).div_ceil(100).saturating_sub(1);
            let us = taken.get(place).copied().unwrap_or_default();
            Duration::from_micros(us).as_secs_f64() * 1000.0
        };
        let rate = told.lines().find_map(|line| line.strip_prefix("tps = "));
        let rate = rate.and_then(|rest| rest.split_whitespace().next()?.parse().ok());
        Ok(Figures {
            per_second: rate.unwrap_or_default(),
            p50_ms: at(50),
            p99_ms: at(99),
        })
    }

    /// How long each answer took, in microseconds, from the logs, which are taken away.
    fn taken(&self) -> Result<Vec<u64>, Trouble> {
        let trouble = |error: std::io::Error| Trouble::new(format!("no log of pgbench: {error}"));
        let mut taken = Vec::new();
        for entry in fs::read_dir(&self.folder).map_err(trouble)? {
            let path = entry.map_err(trouble)?.path();
            let is_log = path
                .file_name()
                .is_some_and(|it| it.to_string_lossy().starts_with("log."));
            if is_log {
                let text = fs::read_to_string(&path).map_err(trouble)?;
                let third = |line: &str| line.split_whitespace().nth(2)?.parse::<u64>().ok();
                taken.extend(text.lines().filter_map(third));
                fs::remove_file(&path).map_err(trouble)?;
            }
        }
        Ok(taken)
    }

    /// Who looks: where they are, the association, and its allies.
    pub(super) fn eyes(&self) -> impl Iterator<Item = &str> {
        let allies = self.allies.split(", ").map(|id| id.trim_matches('\''));
        let place = self.place.split(' ');
        place.chain([self.own.as_str()]).chain(allies)
    }

    fn question(&self, shape: &Shape, words: &str, answer: Answer) -> String {
        let own = format!("association_id = '{}'", self.own);
        let allied = format!("(association_id in ({}) and reach >= 2)", self.allies);
        let seen = match shape.far {
            Far::Home => own,
            Far::Allies => format!("({own} or {allied})"),
            Far::All => format!("(reach >= 3 or {own} or {allied})"),
        };
        let query = match shape.sort {
            Sort::Prefix => format!("to_tsquery('rival.french', '{words}:*')"),
            _ => format!("plainto_tsquery('rival.french', '{words}')"),
        };
        let ranked = "ts_rank(document, query)".to_owned();
        let found = "document @@ query".to_owned();
        let (rank, found) = match shape.sort {
            Sort::Words | Sort::Prefix => (ranked, found),
            Sort::Near => (
                format!("{ranked} * (1 + 0.6 * exp(-({KM}) / 20))"),
                format!("{found} and {KM} < 50"),
            ),
            Sort::Typo => (
                format!("word_similarity('{words}', plain)"),
                format!("'{words}' <% plain"),
            ),
        };
        let seen = format!("{found} and {seen} and expires_at > now()");
        let order = "order by rank desc, published_at desc limit 20";
        let counted = format!(
            "with asked as (select {query} as query), found as materialized (\
             select notice_id, kind, category, urgent, gift, published_at, {rank} as rank \
             from rival.notice, asked where {seen}), \
             first as (select * from found {order}) select {COUNTS}"
        );
        match answer {
            Answer::First => format!(
                "select notice_id, {rank} as rank from rival.notice, {query} as query \
                 where {seen} {order};\n"
            ),
            Answer::Counts => format!("{counted}, array(select notice_id from first);\n"),
            Answer::Page => format!("{counted}, {MARKED};\n"),
        }
    }
}
