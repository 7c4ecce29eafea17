// SPDX-License-Identifier: MIT
#include "foreigntext.h"
#include "format.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QRegularExpression>

#include <algorithm>
#include <vector>

using namespace Qt::StringLiterals;

namespace Sojourn::Inspector::Format {

// What the library says when something does not work. It speaks English, in whatever process it runs: an application that is
// inspected live sends its sentences here. So they are known again by their form, and said in the language of this program.
// `./dev lint` finds the sentences that are missing.
static const char *const texts[] = {
    QT_TRANSLATE_NOOP("Error", "the gzip file is cut off"),
    QT_TRANSLATE_NOOP("Error", "the gzip data is damaged"),
    QT_TRANSLATE_NOOP("Error", "zlib cannot start, probably for lack of memory. Use a plain file."),
    QT_TRANSLATE_NOOP("Error", "This build of Sojourn has no zlib and cannot read or write .gz files. Use a plain file."),
    QT_TRANSLATE_NOOP("Error", "There is no living session with this key."),
    QT_TRANSLATE_NOOP("Error", "There is a session with this key already. Choose another key."),
    QT_TRANSLATE_NOOP("Error", "This user has as many sessions as allowed (%1). End one of them first."),
    QT_TRANSLATE_NOOP("Error", "The session would take %1 bytes, and the limit is %2. Store less in it, or raise the limit."),
    QT_TRANSLATE_NOOP("Error", "The session has expired already. Give it a deadline in the future."),
    QT_TRANSLATE_NOOP("Error", "Give the name of a user."),
    QT_TRANSLATE_NOOP("Error", "The store is open for reading only. Open it for writing to change sessions."),
    QT_TRANSLATE_NOOP("Error", "Attribute \"%1\" is no number and cannot be incremented. Set it to a number first."),
    QT_TRANSLATE_NOOP("Error", "The session has changed meanwhile: it is at version %1, not %2. Read it again."),
    QT_TRANSLATE_NOOP("Error", "must be a time like 2026-11-22T07:12:00.000Z"),
    QT_TRANSLATE_NOOP("Error", "must be a session key, 43 characters of base64url"),
    QT_TRANSLATE_NOOP("Error", "must be text that is not empty, or null"),
    QT_TRANSLATE_NOOP("Error", "must be a whole number from 1"),
    QT_TRANSLATE_NOOP("Error", "must be {\"idle\": seconds}, {\"at\": time}, {\"sessionEnd\": true} or null"),
    QT_TRANSLATE_NOOP("Error", "must be an object"),
    QT_TRANSLATE_NOOP("Error", "The session store did not answer in time. Check that it runs and is not overloaded."),
    QT_TRANSLATE_NOOP("Error", "The cursor does not belong to this query. Start again without one."),
    QT_TRANSLATE_NOOP("Error", "%1 is a folder and cannot be replaced by a snapshot. Choose another name."),
    QT_TRANSLATE_NOOP("Error", "Cannot write the snapshot %1: %2."),
    QT_TRANSLATE_NOOP("Error", "A session is in the snapshot twice: the one whose key begins with %1. Nothing was imported."),
    QT_TRANSLATE_NOOP("Error", "Session %1 takes %2 bytes, and the limit of the store is %3. Nothing was imported."),
    QT_TRANSLATE_NOOP("Error", "Session %1 was created meanwhile."),
    QT_TRANSLATE_NOOP(
        "Error",
        "%1 sessions of the file are in the store already. Nothing was imported: choose whether to skip or to overwrite them."),
    QT_TRANSLATE_NOOP("Error", "%1 is no regular file. Save the snapshot to a file first: it is read twice."),
    QT_TRANSLATE_NOOP("Error", "Cannot read the snapshot %1: %2."),
    QT_TRANSLATE_NOOP("Error", "it does not begin with {"),
    QT_TRANSLATE_NOOP("Error", "a comma or ] must stand before it"),
    QT_TRANSLATE_NOOP("Error", "%1 follows the end"),
    QT_TRANSLATE_NOOP("Error", "it is longer than %1 bytes"),
    QT_TRANSLATE_NOOP("Error", "the file ends within it"),
    QT_TRANSLATE_NOOP("Error", "a comma or } must follow"),
    QT_TRANSLATE_NOOP("Error", "a name in quotes must follow"),
    QT_TRANSLATE_NOOP("Error", "%1 does not belong there"),
    QT_TRANSLATE_NOOP("Error", "%1 stands there twice"),
    QT_TRANSLATE_NOOP("Error", "a colon is missing after %1"),
    QT_TRANSLATE_NOOP("Error", "\"sessions\" must be an array"),
    QT_TRANSLATE_NOOP("Error", "\"format\" must be \"sojourn-snapshot\""),
    QT_TRANSLATE_NOOP("Error", "\"version\" must be %1, the only one that this program reads"),
    QT_TRANSLATE_NOOP("Error", "\"exportedAt\" must be a time like 2026-11-22T07:12:00.000Z"),
    QT_TRANSLATE_NOOP("Error", "\"store\" must be text"),
    QT_TRANSLATE_NOOP("Error", "\"format\", \"version\", \"exportedAt\" and \"store\" must all be there"),
    QT_TRANSLATE_NOOP("Error", "%1 (at its byte %2)"),
    QT_TRANSLATE_NOOP("Error", "it must be an object"),
    QT_TRANSLATE_NOOP("Error", "The snapshot has a fault at %1"),
    QT_TRANSLATE_NOOP("Error", "The snapshot cannot be read to its end: %1."),
    QT_TRANSLATE_NOOP("Error", "This is no snapshot of sessions: %1."),
    QT_TRANSLATE_NOOP("Error", "The snapshot has a fault at %1: %2."),
    QT_TRANSLATE_NOOP("Error", "Session %1 is in the snapshot twice."),
    QT_TRANSLATE_NOOP("Error", "Opening the snapshot was stopped."),
    QT_TRANSLATE_NOOP("Error", "The snapshot cannot be written: %1."),
    QT_TRANSLATE_NOOP("Error", "The application had no time for this before it was given up. Nothing was done."),
    QT_TRANSLATE_NOOP("Error", "The session is too large for a live connection."),
    QT_TRANSLATE_NOOP("Error", "The application has as many live connections as it allows. Close one of them."),
    QT_TRANSLATE_NOOP("Error", "A change through a live connection may have %1 attributes. Make several changes of it."),
    QT_TRANSLATE_NOOP("Error",
                      "The application \"%1\" closed the connection. Whether a change that was under way happened is not known."),
    QT_TRANSLATE_NOOP("Error", "No application is live as \"%1\". Start it, or check the name."),
    QT_TRANSLATE_NOOP("Error", "The connection to \"%1\" was closed here before the answer came."),
    QT_TRANSLATE_NOOP("Error", "The application answered what makes no sense."),
    QT_TRANSLATE_NOOP("Error", "This is more than the application \"%1\" takes at a time. Change less at once."),
    QT_TRANSLATE_NOOP("Error", "What listens as live \"%1\" does not speak Sojourn's language."),
    QT_TRANSLATE_NOOP("Error", "The application \"%1\" speaks version %2 of the live protocol, and this program version %3. Use "
                               "the same release of Sojourn on both ends."),
    QT_TRANSLATE_NOOP("Error", "The application \"%1\" runs as another user. Run this program as that user."),
    QT_TRANSLATE_NOOP("Error", "The application \"%1\" did not answer in time. Check that it runs and is not overloaded."),
    QT_TRANSLATE_NOOP(
        "Error",
        "The name of a live application is empty, too long or has characters that do not fit; use 1 to %1 of A-Z a-z 0-9 . _ -"),
    QT_TRANSLATE_NOOP("Error", "The session store was closed."),
    QT_TRANSLATE_NOOP("Error", "The host name of Redis at %1 is not known: %2. Check the store's address."),
    QT_TRANSLATE_NOOP("Error", "Redis at %1 refuses the user name or the password. Check both."),
    QT_TRANSLATE_NOOP("Error", "Redis at %1 has no database %2: %3"),
    QT_TRANSLATE_NOOP("Error", "Redis at %1 wants a password, and none was given."),
    QT_TRANSLATE_NOOP("Error", "Redis at %1 is not ready: %2"),
    QT_TRANSLATE_NOOP("Error", "Redis at %1 does not tell its time: %2"),
    QT_TRANSLATE_NOOP("Error", "The connection to Redis at %1 was lost: %2"),
    QT_TRANSLATE_NOOP("Error", "Redis at %1 sent what is no reply (%2). Check that it is Redis that listens there."),
    QT_TRANSLATE_NOOP("Error",
                      "Redis at %1 cannot be reached: %2. Check that it runs and that its setting \"unixsocket\" has this "
                      "path."),
    QT_TRANSLATE_NOOP("Error", "Redis at %1 is a replica. Use the address of its master."),
    QT_TRANSLATE_NOOP("Error",
                      "Redis at %1 is a replica. Use the address of its master, or the store URL %2+sentinel://SENTINEL/MASTER "
                      "that follows it."),
    QT_TRANSLATE_NOOP("Error", "Redis at %1 is a node of a cluster. Use the store URL %2+cluster://%1"),
    QT_TRANSLATE_NOOP("Error",
                      "Redis at %1 is a sentinel. Use the store URL %2+sentinel://%1/MASTER with the name of its master."),
    QT_TRANSLATE_NOOP("Error", "Redis at %1 refuses %2 to this account: %3. Give it the rights: %4"),
    QT_TRANSLATE_NOOP("Error", "nothing is read or written"),
    QT_TRANSLATE_NOOP("Error", "sessions are kept, but what happens to them is not told"),
    QT_TRANSLATE_NOOP("Error", "The connection over which Redis at %1 tells of events is dead. It is renewed."),
    QT_TRANSLATE_NOOP("Error", "%1 The change that was under way may or may not have happened."),
    QT_TRANSLATE_NOOP("Error", "%1 Nothing was changed."),
    QT_TRANSLATE_NOOP("Error", "%1 %2 sessions had been ended by then."),
    QT_TRANSLATE_NOOP("Error", "A newer version of Sojourn wrote this session. Update this program to read it."),
    QT_TRANSLATE_NOOP("Error",
                      "The memory of Redis is full, and nothing was changed. Raise its setting maxmemory, or remove what is "
                      "not needed."),
    QT_TRANSLATE_NOOP("Error", "Redis takes no changes, as it cannot write to its disk. Look into its log."),
    QT_TRANSLATE_NOOP("Error", "Redis takes no changes, as too few of its replicas are there. Look after them."),
    QT_TRANSLATE_NOOP("Error",
                      "A key of the store holds something of another type, and nothing was changed (%1). Remove that key, or "
                      "use another prefix."),
    QT_TRANSLATE_NOOP("Error",
                      "This account may not use a command that the store needs, and nothing was changed. Give it the rights "
                      "that the README lists."),
    QT_TRANSLATE_NOOP("Error", "Redis is busy with a script. Try again in a while, or end it with SCRIPT KILL."),
    QT_TRANSLATE_NOOP("Error", "The sentinel at %1 knows no master \"%2\". Check the name at the end of the store URL."),
    QT_TRANSLATE_NOOP("Error", "The sentinel at %1 does not tell where the master is: %2"),
    QT_TRANSLATE_NOOP("Error", "The sentinel at %1 refuses the user name or the password. Check sentinel-user and "
                               "sentinel-password in the store URL."),
    QT_TRANSLATE_NOOP("Error", "The sentinel at %1 wants a password, and none was given. Add sentinel-password=W to the store "
                               "URL, and sentinel-user=U if it has one."),
    QT_TRANSLATE_NOOP("Error", "Redis at %1 is no sentinel. Give the addresses of sentinels, which mostly listen at port 26379, "
                               "or use the store URL %2://%1"),
    QT_TRANSLATE_NOOP("Error", "None of the sentinels %1 answers. Check that they run and that the addresses in the store URL "
                               "are right."),
    QT_TRANSLATE_NOOP("Error", "The sentinels that answer have been away and do not know the newest master. Start the others."),
    QT_TRANSLATE_NOOP("Error", "Redis at %1 is not the master (any more). Try again in a while."),
    QT_TRANSLATE_NOOP("Error", "Redis at %1 does not tell whether it is the master: %2. Give the account the rights +role "
                               "+wait."),
    QT_TRANSLATE_NOOP("Error", "Too few replicas of Redis at %1 have confirmed a change. Look after them."),
    QT_TRANSLATE_NOOP("Error", "Another server is the master now. The connection leads there."),
    QT_TRANSLATE_NOOP("Error", "The clock of Redis at %1 was set. The connection was renewed."),
    QT_TRANSLATE_NOOP("Error", "Redis at %1 cannot be reached: %2. Check that it runs and that the store's address is right."),
    QT_TRANSLATE_NOOP("Error", "Redis at %1 did not answer in time. Check that it runs and is not overloaded."),
    QT_TRANSLATE_NOOP("Error", "This Redis server is a replica and takes no changes. Use the address of its master."),
    QT_TRANSLATE_NOOP("Error", "Redis is not ready yet: it loads its data. Try again in a while."),
    QT_TRANSLATE_NOOP("Error", "Redis is not ready yet: it waits for its master. Try again in a while."),
    QT_TRANSLATE_NOOP("Error", "Redis cannot do that: %1"),
    QT_TRANSLATE_NOOP("Error", "There is a session with this key already."),
    QT_TRANSLATE_NOOP("Error", "The session has changed meanwhile: it is at version %1. Read it again."),
    QT_TRANSLATE_NOOP("Error", "This is no cursor of a page before. Begin at the first page."),
    QT_TRANSLATE_NOOP("Error", "A script answered what it should not."),
    QT_TRANSLATE_NOOP("Error", "The session has expired already."),
    QT_TRANSLATE_NOOP("Error", "Redis does not tell which events were missed."),
    QT_TRANSLATE_NOOP("Error", "This build cannot reach Redis over TLS: it needs hiredis 1.0 with hiredis_ssl. Build it with "
                               "these, or use a connection without TLS where nobody can listen."),
    QT_TRANSLATE_NOOP("Error", "There is no memory for a connection."),
    QT_TRANSLATE_NOOP("Error", "TLS is not available."),
    QT_TRANSLATE_NOOP("Error", "the certificates in \"%1\" cannot be read"),
    QT_TRANSLATE_NOOP("Error", "TLS does not take this host name"),
    QT_TRANSLATE_NOOP("Error", "its certificate is not accepted (%1)"),
    QT_TRANSLATE_NOOP("Error", "%1 is locked by another program. Try again when that has finished."),
    QT_TRANSLATE_NOOP("Error", "%1 is write-protected. Make the file and its folder writable for this user."),
    QT_TRANSLATE_NOOP("Error", "The disk of %1 is full. Free some space on it."),
    QT_TRANSLATE_NOOP("Error",
                      "%1 cannot be opened. Check that it is a file, and that this user may read and write it and its folder."),
    QT_TRANSLATE_NOOP("Error", "%1 cannot be read or written: %2. Check its disk."),
    QT_TRANSLATE_NOOP("Error", "%1 is no SQLite database. Choose another file for the sessions."),
    QT_TRANSLATE_NOOP("Error", "%1 is damaged. Restore it from a backup, or repair it with sqlite3's .recover."),
    QT_TRANSLATE_NOOP("Error", "%1 does not work: %2."),
    QT_TRANSLATE_NOOP("Error", "Qt's driver for SQLite is missing. On Debian and Ubuntu: apt install libqt6sql6-sqlite"),
    QT_TRANSLATE_NOOP("Error", "There is no file %1. Check the path."),
    QT_TRANSLATE_NOOP("Error", "%1 cannot be made: %2. Check that its folder exists and that this user may write there."),
    QT_TRANSLATE_NOOP("Error", "%1 is a database of another program. Choose another file for the sessions."),
    QT_TRANSLATE_NOOP("Error",
                      "%1 was written by a newer version of Sojourn (format %2, known here: up to %3). Update this program."),
    QT_TRANSLATE_NOOP("Error", "%1 has the older format %2."),
    QT_TRANSLATE_NOOP("Error", "%1 lies on a file system that cannot share memory. Choose a folder on a local disk."),
    QT_TRANSLATE_NOOP("Error", "This is no cursor of a list in this order. Start again without one."),
    QT_TRANSLATE_NOOP("Error", "The session store is being closed."),
    QT_TRANSLATE_NOOP("Error", "The session database %1 did not answer in time. Check its disk, and that no program locks it."),
    QT_TRANSLATE_NOOP("Error", "%1 is too busy. Try again later."),
    QT_TRANSLATE_NOOP("Error", "There is a session with this key already. Take a fresh id."),
    QT_TRANSLATE_NOOP("Error", "An attribute of the session is no JSON. Set it to a JSON value."),
    QT_TRANSLATE_NOOP("Error", "The session has expired already. Give it a deadline that lies ahead."),
    QT_TRANSLATE_NOOP(
        "Error", "The %1 in the store URL has a % that two hexadecimal digits do not follow; write %25 for the sign itself."),
    QT_TRANSLATE_NOOP("Error", "The path in the store URL is empty; write sqlite: and the path of the database file behind it."),
    QT_TRANSLATE_NOOP("Error", "The path in the store URL does not name a file; sessions in memory have the store URL memory:."),
    QT_TRANSLATE_NOOP("Error",
                      "The store URL has an unknown option; sqlite: knows ?synchronous=full only (write %3F for a ? in a path)."),
    QT_TRANSLATE_NOOP("Error", "The option synchronous in the store URL has an unknown value; the only one is full."),
    QT_TRANSLATE_NOOP("Error", "The host in the store URL is not an IPv6 address in brackets, such as [::1]."),
    QT_TRANSLATE_NOOP("Error", "The host in the store URL is empty or not a host name; write redis://host:port/number, and "
                               "percent-encode the characters / ? @ in a password (%2F %3F %40)."),
    QT_TRANSLATE_NOOP("Error", "The host in the store URL has several colons; write an IPv6 address in brackets, such as [::1]."),
    QT_TRANSLATE_NOOP("Error", "The port in the store URL is not a number from 1 to 65535."),
    QT_TRANSLATE_NOOP(
        "Error", "The store URL lacks the // before the host; write redis://[user:password@]host[:port][/number][?prefix=P]."),
    QT_TRANSLATE_NOOP("Error", "The database in the store URL is not a number; write redis://host:port/0, for example."),
    QT_TRANSLATE_NOOP("Error", "The store URL has an unknown option; redis: and rediss: know ?prefix=P only."),
    QT_TRANSLATE_NOOP("Error", "The prefix in the store URL is empty; leave the option out for the default, sojourn:."),
    QT_TRANSLATE_NOOP("Error", "The store URL has an unknown option; redis+unix: knows none (write %3F for a ? in a path)."),
    QT_TRANSLATE_NOOP("Error",
                      "The path in the store URL is empty; write redis+unix: and the path of the server's socket behind it."),
    QT_TRANSLATE_NOOP("Error", "Nothing may stand behind memory: in the store URL."),
    QT_TRANSLATE_NOOP("Error",
                      "The store URL begins with no scheme that is known; write memory:, sqlite:PATH[?synchronous=full], "
                      "redis://[user:password@]host[:port][/number][?prefix=P], rediss:// likewise, redis+unix:PATH, "
                      "redis+sentinel://host,host,.../MASTER, redis+cluster://host,host,... or live:NAME."),
    QT_TRANSLATE_NOOP("Error", "The store URL lacks the // before the hosts; write "
                               "redis+sentinel://[user:password@]host[:port],host,.../MASTER[/number][?prefix=P&wait=N]."),
    QT_TRANSLATE_NOOP("Error", "The store URL lacks the name of the master that the sentinels watch; write "
                               "redis+sentinel://host:26379/mymaster, for example."),
    QT_TRANSLATE_NOOP("Error", "The store URL has an unknown option; redis+sentinel: and rediss+sentinel: know prefix=P, wait=N, "
                               "sentinel-user=U and sentinel-password=W, with & between them."),
    QT_TRANSLATE_NOOP("Error", "The option wait in the store URL is not a number of replicas; write wait=1, for example."),
};

namespace {
struct Sentence
{
    const char *text;
    QRegularExpression form; ///< takes apart what %1, %2, ... stand for
};
} // namespace

/// Where something is put in; %2F is none such.
static const QRegularExpression &place()
{
    static const QRegularExpression place(u"%\\d(?![0-9A-F])"_s);
    return place;
}

static std::vector<Sentence> sentences()
{
    std::vector<Sentence> made;
    for (const char *text : texts) {
        const QString plain = QString::fromUtf8(text);
        QString form;
        qsizetype from = 0;
        for (auto it = place().globalMatch(plain); it.hasNext();) {
            const auto match = it.next();
            form += QRegularExpression::escape(plain.sliced(from, match.capturedStart() - from)) + u"(.+)"_s;
            from = match.capturedEnd();
        }
        form += QRegularExpression::escape(plain.sliced(from));
        made.push_back({text, QRegularExpression(QRegularExpression::anchoredPattern(form),
                                                 QRegularExpression::DotMatchesEverythingOption)});
    }
    // "Cannot read the snapshot %1: %2." before "%1: %2": the more a sentence says, the surer it is meant.
    std::ranges::stable_sort(made, std::ranges::greater(), [](const Sentence &sentence) { return qstrlen(sentence.text); });
    return made;
}

static QString translated(const QString &text, int depth)
{
    static const std::vector<Sentence> known = sentences();
    for (const Sentence &sentence : known) {
        const auto match = sentence.form.match(text);
        if (!match.hasMatch())
            continue;
        const QString there = QCoreApplication::translate("Error", sentence.text);
        QString made;
        qsizetype from = 0;
        for (auto it = place().globalMatch(there); it.hasNext();) {
            const auto at = it.next();
            const QString what = match.captured(at.capturedView().last(1).toInt());
            // What is quoted may be a sentence of the library too.
            made += there.sliced(from, at.capturedStart() - from) + (depth < 2 ? translated(what, depth + 1) : what);
            from = at.capturedEnd();
        }
        return made + there.sliced(from);
    }
    return text;
}

QString error(const Error &error)
{
    return Foreign::sentence(translated(error.text, 0));
}

} // namespace Sojourn::Inspector::Format
