// SPDX-License-Identifier: MIT
#include "commandinfo.h"

#include <algorithm>
#include <iterator>
#include <vector>

using namespace Qt::StringLiterals;

namespace {

constexpr const char *CommonOptions = "store read-only json help version";

constexpr OptionInfo Options[] = {
    {"store", "URL",
     "sqlite:PATH, redis://HOST, rediss://HOST, redis+unix:PATH, redis+sentinel://HOST,.../MASTER, redis+cluster://HOST,..., "
     "live:NAME, live+tls://HOST:PORT, or the path of a file"},
    {"read-only", nullptr, "refuse every change"},
    {"json", nullptr, "print JSON for programs"},
    {"help", nullptr, "show this help, or with a command that of the command"},
    {"version", nullptr, "show the version"},
    {"cookie", "VALUE", "find the session by its cookie in place of KEY: VALUE, NAME=VALUE or a Cookie header"},
    {"user", "USER", "only sessions of this user; '' for those without one"},
    {"where", "NAME[=JSON]",
     "only sessions with this attribute (NAME.NAME in objects); also != > >= < <=, or a search: user:ann size>10k seen<5m"},
    {"order", "ORDER", "expiry (the default), created, seen or size (the largest first)"},
    {"reverse", nullptr, "the other way round"},
    {"visit", nullptr, "also who visits: device, browser and address, where the application keeps them"},
    {"limit", "N", "at most so many"},
    {"offset", "N", "leave out the first N"},
    {"since", "TIME", "from then on: 15m (ago), 10:42, 2026-12-24 or 2026-12-24T18:00:00Z"},
    {"until", "TIME", "up to then"},
    {"in", "DURATION", "so long from now: 90 (seconds), 90s, 15m, 1h30m, 2d"},
    {"at", "TIME", "at this time, as in 2026-12-24T18:00:00Z"},
    {"now", nullptr, "at once"},
    {"output", "FILE", "a file, packed if its name ends in .gz, or - for standard output"},
    {"format", "FORMAT", "json, or jsonl (the default if the file's name says so)"},
    {"if-version", "N", "only if the session is still at this version, as show tells; otherwise exit with 4"},
    {"dry-run", nullptr, "change nothing, only say what would be done"},
    {"on-conflict", "POLICY", "for sessions that the store has already: fail (the default), skip or overwrite"},
};

constexpr CommandInfo Commands[] = {
    {"list", "", 0, 0, false, true, "user where order reverse limit offset visit", "list sessions",
     "Without --limit all are listed. With --json: an array of records without their data, with their size and number of "
     "attributes.",
     "sojourn --store sqlite:sessions.db list --where 'cart.total>=100' --order size --limit 10"},
    {"count", "", 0, 0, false, true, "user where", "count sessions", "Sessions that have expired do not count, swept or not.",
     "sojourn --store redis://localhost count --where 'role=\"admin\"'"},
    {"show", "KEY", 1, 1, true, true, "cookie", "show a session and its data",
     "KEY may be shortened as long as it fits one session only.", "sojourn --store live:sojourn-demo show Zk3v"},
    {"get", "KEY NAME", 2, 2, true, true, "cookie", "print the value of an attribute as JSON",
     "NAME may lead into objects: cart.total. Exits with 3 if the session has no such attribute.",
     "sojourn --store live:sojourn-demo get Zk3v cart.total"},
    {"set", "KEY NAME JSON", 3, 3, true, true, "cookie if-version dry-run", "set an attribute",
     "Other attributes keep what requests write at the same time.",
     "sojourn --store sqlite:sessions.db set Zk3v theme '\"dark\"'"},
    {"unset", "KEY NAME", 2, 2, true, true, "cookie if-version dry-run", "remove an attribute",
     "Exits with 3 if the session has no such attribute.", "sojourn --store sqlite:sessions.db unset Zk3v theme"},
    {"expire", "KEY", 1, 1, true, true, "cookie user in at now if-version dry-run", "set when a session ends",
     "One of --in, --at and --now says when; --user in place of KEY means all sessions of that user. Requests do not move that "
     "time any more, and it never lies behind the absolute "
     "deadline.",
     "sojourn --store redis://localhost expire Zk3v --in 1h"},
    {"rotate", "KEY", 1, 1, true, true, "cookie if-version dry-run", "give a session a fresh id on the visitor's next request",
     "The visitor stays logged in; the old id is dead soon after.", "sojourn --store redis://localhost rotate Zk3v"},
    {"delete", "KEY...", 1, -1, true, true, "cookie if-version dry-run", "delete sessions",
     "Where some are missing the others are deleted, and the exit code is 3.",
     "sojourn --store redis://localhost delete Zk3v 8hQp"},
    {"revoke-user", "USER", 1, 1, false, true, "dry-run", "delete all sessions of a user", "Prints how many there were.",
     "sojourn --store redis://localhost revoke-user alice"},
    {"export", "[KEY...]", 0, -1, true, true, "cookie user where output format", "write sessions to a snapshot",
     "Without KEY all sessions, without --output to standard output. The file appears whole or not at all. It lets whoever "
     "imports it into a store restore the visitors' logins, so keep it safe.",
     "sojourn --store redis://localhost export --output sessions.jsonl.gz"},
    {"import", "FILE", 1, 1, false, true, "on-conflict dry-run", "put the sessions of a snapshot into the store",
     "FILE may be - for standard input. The whole file is checked first. Keys stay as they are, so that visitors' cookies go on "
     "working; sessions that have expired are left out.",
     "sojourn --store sqlite:sessions.db import sessions.jsonl.gz --on-conflict skip"},
    {"copy", "TO-URL [KEY...]", 1, -1, false, true, "cookie user where on-conflict dry-run", "copy sessions to another store",
     "Without KEY all sessions. Keys stay as they are, so that visitors' cookies go on working. Looks for conflicts first.",
     "sojourn --store sqlite:sessions.db copy redis://localhost"},
    {"diff", "FILE_OR_URL FILE_OR_URL", 2, 2, false, false, "", "compare two snapshots, two stores, or one of each",
     "Tells which sessions were added, removed and changed, and in which attributes; exits with 5 if there are any. Activity "
     "alone "
     "is no difference. One FILE may be - for standard input.",
     "sojourn diff yesterday.json redis://localhost"},
    {"watch", "", 0, 0, false, true, "user", "print events as they happen",
     "A line for people on a terminal, elsewhere and with --json a JSON object a line. Ctrl-C ends it, and that is no failure.",
     "sojourn --store redis://localhost watch --user alice"},
    {"history", "[KEY]", 0, 1, true, true, "cookie user since until limit", "list what happened to sessions, newest first",
     "The store keeps the newest 10,000 of the events that begin, end or rename a session.",
     "sojourn --store redis://localhost history --user alice --since 10:30 --until 11:00"},
    {"sweep", "", 0, 0, false, true, "dry-run", "remove the sessions that have expired",
     "Prints how many there were; with --dry-run nothing is removed, and how many there are cannot be told.",
     "sojourn --store sqlite:sessions.db sweep"},
    {"vacuum", "", 0, 0, false, true, "", "give the space of removed sessions back to the system",
     "Prints how many bytes. The store works on meanwhile, but slower.", "sojourn --store sqlite:sessions.db vacuum"},
};

std::vector<OptionInfo> optionsNamed(const char *names)
{
    const QStringList wanted = QString::fromLatin1(names).split(u' ');
    std::vector<OptionInfo> options;
    std::ranges::copy_if(Options, std::back_inserter(options),
                         [&wanted](const OptionInfo &option) { return wanted.contains(QLatin1StringView(option.name)); });
    return options;
}

} // namespace

std::span<const CommandInfo> allCommands()
{
    return Commands;
}

std::span<const OptionInfo> allOptions()
{
    return Options;
}

const CommandInfo *findCommand(const QString &name)
{
    const auto it = std::ranges::find(Commands, name, [](const CommandInfo &c) { return QLatin1StringView(c.name); });
    return it == std::end(Commands) ? nullptr : &*it;
}

bool accepts(const CommandInfo &command, const QString &option)
{
    const auto in = [&option](const char *names) { return QString::fromLatin1(names).split(u' ').contains(option); };
    return in(CommonOptions) || in(command.options);
}

QString generalHelp()
{
    QString text = u"Usage: sojourn --store URL COMMAND\n\nSees and changes the sessions of a store.\n\nCommands:\n"_s;
    for (const CommandInfo &command : Commands)
        text += u"  %1 %2\n"_s.arg(QLatin1StringView(command.name), -13).arg(QLatin1StringView(command.summary));
    text += u"\nOptions for every command:\n"_s + optionLines(optionsNamed(CommonOptions));
    const QString notes =
        u"A KEY may be shortened as long as it fits one session only. A whole KEY may begin with -; a shortened "
        "one that does goes after --. The environment variable SOJOURN_STORE stands in for --store, "
        "SOJOURN_PASSWORD for a password in the URL. A store may also be the path of an SQLite file, or of a "
        "snapshot to look into."_s;
    text += u'\n' + wrapped(notes);
    text +=
        u"\nExit codes: 0 done, 1 failed, 2 usage, 3 not found, 4 conflict, 5 differs, 130 stopped by Ctrl-C.\n"
        "\nExample:\n  sojourn --store sqlite:sessions.db list --user alice\n\nsojourn COMMAND --help tells more of a command.\n"_s;
    return text;
}

QString helpFor(const CommandInfo &command)
{
    const QString store = command.needsStore ? u" --store URL"_s : QString();
    QString usage =
        u"Usage: sojourn%1 %2 %3"_s.arg(store, QLatin1StringView(command.name), QLatin1StringView(command.operands)).trimmed();
    QString options = optionLines(optionsNamed(command.options));
    if (!options.isEmpty()) {
        usage += u" [OPTIONS]"_s;
        options = u"\nOptions:\n"_s + options;
    }
    QString summary = QLatin1StringView(command.summary);
    summary[0] = summary[0].toUpper();
    return u"%1\n\n%2.\n%3%4\nExample:\n  %5\n"_s.arg(usage, summary, wrapped(QString(QLatin1StringView(command.details))),
                                                      options, QLatin1StringView(command.example));
}
