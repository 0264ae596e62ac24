//! Debian and Ubuntu packages: installed when we may, asked for in one line when we may not.

use std::ffi::OsStr;
use std::path::Path;
use std::process::{Command, Stdio};

use super::find_program;
use crate::errand;
use crate::say::{Trouble, say};

/// Keeps servers from starting and clusters from being made; see its own first lines.
const INSTALL: &str = include_str!("install.sh");

/// Something that must be there, and the packages that bring it.
#[derive(Debug)]
pub(crate) struct Need {
    what: &'static str,
    packages: &'static [&'static str],
}

pub(crate) const POSTGRES: Need = Need {
    what: "PostgreSQL 15 or later (initdb, pg_ctl, postgres)",
    packages: &["postgresql"],
};
pub(crate) const REDIS: Need = Need {
    what: "Redis (redis-server)",
    packages: &["redis-server"],
};
/// With a typeface of the system's: without any, Chromium draws pages without letters.
pub(crate) const CHROMIUM: Need = Need {
    what: "Chromium",
    packages: &["chromium", "fonts-liberation"],
};
pub(crate) const NODE: Need = Need {
    what: "Node 18 or later",
    packages: &["nodejs"],
};
pub(crate) const NPM: Need = Need {
    what: "npm",
    packages: &["npm"],
};

/// Who may install packages here.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Rights {
    Root,
    /// `sudo` without asking for a password.
    Sudo,
    Nobody,
}

impl Need {
    /// The installation went well and still the thing is not there.
    pub(crate) fn not_delivered(&self) -> Trouble {
        let packages = self.packages.join(" ");
        Trouble::new(format!(
            "this system's {packages} package does not bring {}: please install it by hand",
            self.what
        ))
    }

    fn please_type(&self, sudo: bool) -> Trouble {
        let install = format!(
            "apt-get install --no-install-recommends {}",
            self.packages.join(" ")
        );
        let typed = if sudo {
            format!("sudo {install}")
        } else {
            format!("su -c '{install}'")
        };
        Trouble::new(format!("{} is missing; please type: {typed}", self.what))
    }

    fn without_apt(&self) -> Trouble {
        Trouble::new(format!(
            "{} is missing; please install it with your system's packages",
            self.what
        ))
    }
}

/// Installs what `need` names, or says what the person should type.
pub(crate) fn install(need: &Need, path: &OsStr) -> Result<(), Trouble> {
    if find_program(path, "apt-get").is_none() {
        return Err(need.without_apt());
    }
    let sudo = find_program(path, "sudo").is_some();
    let Some(words) = command_words(rights(), need) else {
        return Err(need.please_type(sudo));
    };
    say(format!(
        "{} is missing: installing {}",
        need.what,
        need.packages.join(" ")
    ));
    if execute(&words) {
        Ok(())
    } else {
        Err(need.please_type(sudo))
    }
}

fn execute(words: &[String]) -> bool {
    let Some((program, arguments)) = words.split_first() else {
        return false;
    };
    let status = Command::new(program)
        .args(arguments)
        .stdin(Stdio::null())
        .status();
    status.is_ok_and(|status| status.success())
}

/// The command that installs, or none if nobody may.
fn command_words(rights: Rights, need: &Need) -> Option<Vec<String>> {
    let before: &[&str] = match rights {
        Rights::Root => &[],
        Rights::Sudo => &["sudo", "-n"],
        Rights::Nobody => return None,
    };
    Some(script_words(before, Path::new(""), need.packages))
}

fn script_words(before: &[&str], root: &Path, packages: &[&str]) -> Vec<String> {
    let root = root.to_string_lossy();
    let call = ["sh", "-c", INSTALL, "install.sh", &root];
    before
        .iter()
        .chain(&call)
        .chain(packages)
        .map(|word| (*word).to_owned())
        .collect()
}

fn rights() -> Rights {
    let user = errand::answer(Command::new("id").arg("-u"));
    if user.as_deref() == Some("0") {
        Rights::Root
    } else if errand::run_unseen(Command::new("sudo").args(["-n", "true"])) {
        Rights::Sudo
    } else {
        Rights::Nobody
    }
}

#[cfg(test)]
mod tests {
    use super::super::scene::Scene;
    use super::*;
    use std::fs;
    use std::os::unix::fs::PermissionsExt;

    const POLICY: &str = "usr/sbin/policy-rc.d";
    const SETTING: &str = "etc/postgresql-common/createcluster.d/xtask.conf";

    /// An `apt-get` that writes down what it is asked and what holds meanwhile.
    const APT: &str = r#"
root=${0%/bin/apt-get}
echo "$*" >>"$root/asked"
case "$*" in
    *--simulate*) [ -e "$root/listed" ]; exit ;;
    *update*) : >"$root/listed"; exit ;;
esac
"$root/usr/sbin/policy-rc.d" >/dev/null || echo "policy $?" >>"$root/seen"
cat "$root/etc/postgresql-common/createcluster.d/xtask.conf" >>"$root/seen" 2>/dev/null
echo "frontend $DEBIAN_FRONTEND" >>"$root/seen"
if [ -e "$root/cut-short" ]; then exit 100; fi
if [ -e "$root/stale" ]; then rm "$root/stale"; exit 100; fi
if [ -e "$root/hang" ]; then kill -TERM $PPID; fi
[ ! -e "$root/broken" ]
"#;

    fn machine(name: &str) -> Scene {
        let scene = Scene::new(name);
        scene.program("bin/apt-get", APT);
        scene.program("bin/dpkg", r#"rm "${0%/bin/dpkg}/cut-short""#);
        scene
    }

    fn installed(scene: &Scene, packages: &[&str]) -> bool {
        let words = script_words(&[], &scene.0, packages);
        let path = format!("{}:/usr/bin:/bin", scene.0.join("bin").display());
        let mut command = Command::new(&words[0]);
        command
            .args(&words[1..])
            .env("PATH", path)
            .stderr(Stdio::null());
        command.status().unwrap().success()
    }

    fn text(scene: &Scene, path: &str) -> String {
        fs::read_to_string(scene.0.join(path)).unwrap_or_default()
    }

    #[test]
    fn nothing_may_start_while_packages_are_installed() {
        let scene = machine("nothing-starts");
        assert!(installed(&scene, &["postgresql"]));
        let seen = text(&scene, "seen");
        assert!(seen.contains("policy 101"), "{seen}");
        assert!(seen.contains("create_main_cluster = false"), "{seen}");
        assert!(seen.contains("frontend noninteractive"), "{seen}");
    }

    #[test]
    fn afterwards_there_is_no_policy_where_there_was_none() {
        let scene = machine("no-policy");
        assert!(installed(&scene, &["postgresql"]));
        assert!(!scene.0.join(POLICY).exists());
        assert!(
            !scene
                .0
                .join("etc/postgresql-common/createcluster.d")
                .exists()
        );
    }

    #[test]
    fn afterwards_an_existing_policy_is_exactly_as_it_was() {
        let scene = machine("old-policy");
        let policy = scene.file(POLICY, "#!/bin/sh\nexit 0\n", 0o751);
        scene.file(
            "etc/postgresql-common/createcluster.d/own.conf",
            "ssl = off\n",
            0o600,
        );
        let before = fs::metadata(&policy).unwrap();
        assert!(installed(&scene, &["postgresql"]));
        let after = fs::metadata(&policy).unwrap();
        assert_eq!(text(&scene, POLICY), "#!/bin/sh\nexit 0\n");
        assert_eq!(after.permissions().mode(), before.permissions().mode());
        assert_eq!(after.modified().unwrap(), before.modified().unwrap());
        assert!(!scene.0.join(SETTING).exists());
        assert_eq!(
            text(&scene, "etc/postgresql-common/createcluster.d/own.conf"),
            "ssl = off\n"
        );
        assert!(text(&scene, "seen").contains("policy 101"));
    }

    #[test]
    fn a_failed_installation_is_noticed_and_leaves_no_trace() {
        let scene = machine("failed");
        scene.file("broken", "", 0o644);
        assert!(!installed(&scene, &["postgresql"]));
        assert!(!scene.0.join(POLICY).exists());
        assert!(!scene.0.join(SETTING).exists());
    }

    #[test]
    fn an_interrupted_installation_leaves_no_trace() {
        let scene = machine("interrupted");
        let policy = "#!/bin/sh\nexit 0\n";
        scene.file(POLICY, policy, 0o755);
        scene.file("hang", "", 0o644);
        assert!(!installed(&scene, &["postgresql"]));
        assert_eq!(text(&scene, POLICY), policy);
        assert!(!scene.0.join(SETTING).exists());
    }

    #[test]
    fn what_a_killed_run_left_behind_is_put_back() {
        let scene = machine("killed");
        let ours = "# written by cargo xtask for the time of one installation\nexit 101\n";
        let theirs = "#!/bin/sh\nexit 0\n";
        scene.file(POLICY, ours, 0o755);
        scene.file(&format!("{POLICY}.kept-by-xtask"), theirs, 0o755);
        scene.file(SETTING, ours, 0o644);
        assert!(installed(&scene, &["nodejs"]));
        assert_eq!(text(&scene, POLICY), theirs);
        assert!(!scene.0.join(SETTING).exists());
        assert!(!scene.0.join(format!("{POLICY}.kept-by-xtask")).exists());
    }

    #[test]
    fn only_postgresql_needs_the_cluster_setting() {
        let scene = machine("no-setting");
        assert!(installed(&scene, &["nodejs"]));
        assert!(!text(&scene, "seen").contains("create_main_cluster"));
    }

    #[test]
    fn the_list_of_packages_is_refreshed_only_when_it_is_missing() {
        let scene = machine("refresh");
        assert!(installed(&scene, &["nodejs"]));
        assert_eq!(text(&scene, "asked").matches("update").count(), 1);
        assert!(installed(&scene, &["npm"]));
        assert_eq!(text(&scene, "asked").matches("update").count(), 1);
    }

    #[test]
    fn a_list_that_is_too_old_is_refreshed_and_tried_again_once() {
        let scene = machine("stale");
        scene.file("listed", "", 0o644);
        scene.file("stale", "", 0o644);
        assert!(installed(&scene, &["nodejs"]));
        assert_eq!(text(&scene, "asked").matches("update").count(), 1);
        scene.file("broken", "", 0o644);
        assert!(!installed(&scene, &["nodejs"]));
        assert_eq!(text(&scene, "asked").matches("update").count(), 2);
    }

    #[test]
    fn an_installation_that_was_cut_short_is_finished_first() {
        let scene = machine("cut-short");
        scene.file("cut-short", "", 0o644);
        assert!(installed(&scene, &["postgresql"]));
        assert!(!scene.0.join("cut-short").exists());
    }

    #[test]
    fn recommended_packages_stay_away() {
        let scene = machine("recommends");
        assert!(installed(&scene, &["npm"]));
        let asked = text(&scene, "asked");
        let last = asked.lines().last().unwrap();
        assert!(
            last.contains("--yes") && last.contains("--no-install-recommends"),
            "{last}"
        );
        assert!(last.ends_with("install npm"), "{last}");
    }

    #[test]
    fn root_installs_directly_and_others_through_sudo() {
        let root = command_words(Rights::Root, &CHROMIUM).unwrap();
        assert_eq!(root[..2], ["sh", "-c"]);
        assert_eq!(
            root[3..],
            ["install.sh", "", "chromium", "fonts-liberation"]
        );
        let sudo = command_words(Rights::Sudo, &CHROMIUM).unwrap();
        assert_eq!(sudo[..2], ["sudo", "-n"]);
        assert_eq!(sudo[2..], root);
    }

    #[test]
    fn who_may_not_install_is_told_what_to_type() {
        assert_eq!(command_words(Rights::Nobody, &POSTGRES), None);
        let line = POSTGRES.please_type(true).to_string();
        let typed = "sudo apt-get install --no-install-recommends postgresql";
        assert!(line.ends_with(typed), "{line}");
        let line = POSTGRES.please_type(false).to_string();
        let typed = "su -c 'apt-get install --no-install-recommends postgresql'";
        assert!(line.ends_with(typed), "{line}");
    }

    #[test]
    fn without_apt_the_person_is_told_what_is_missing() {
        let trouble = install(&POSTGRES, OsStr::new("/nowhere")).unwrap_err();
        assert!(trouble.to_string().starts_with("PostgreSQL 15 or later"));
    }
}
