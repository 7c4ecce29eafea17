// SPDX-License-Identifier: MIT
#pragma once

#include "commandline.h"

#include <Sojourn/SearchExpression>
#include <Sojourn/Snapshot>
#include <Sojourn/Stores>

#include <QtCore/QEventLoop>

/// The commands. Each prints what it has to tell and says why if it could not do its work.
class Cli
{
public:
    explicit Cli(CommandLine line) : m_line(std::move(line)) { }

    [[nodiscard]] Outcome<void> run();

private:
    Outcome<void> list();
    Outcome<void> count();
    Outcome<void> show();
    Outcome<void> get();
    Outcome<void> set();
    Outcome<void> unset();
    Outcome<void> expire();
    Outcome<void> expire(const Sojourn::SessionKey &key);
    Outcome<void> expireOfUser();
    Outcome<void> rotate();
    Outcome<void> remove();
    Outcome<void> revokeUser();
    Outcome<void> exportSnapshot();
    Outcome<void> importSnapshot();
    Outcome<void> copy();
    Outcome<void> diff();
    Outcome<void> watch();
    Outcome<void> history();
    Outcome<void> sweep();
    Outcome<void> vacuum();

    /// The store of a URL, or of the file of an SQLite store or a snapshot.
    Outcome<std::shared_ptr<Sojourn::SessionStore>> openStore(const QString &urlOrPath, Sojourn::StoreOptions options) const;
    Outcome<std::shared_ptr<Sojourn::SessionStore>> openSnapshotStore(const QString &fileName,
                                                                      const Sojourn::SnapshotControl &control = {}) const;
    /// A store of a diff: as openStore(), or a snapshot on standard input.
    Outcome<std::shared_ptr<Sojourn::SessionStore>> openSource(const QString &fileOrUrl,
                                                               const Sojourn::SnapshotControl &control) const;

    /// The options --user and --where: all of them must hold.
    struct Selection
    {
        std::optional<QString> user;
        QByteArray keyPrefix;
        QList<Sojourn::SearchExpression> conditions;

        bool matches(const Sojourn::SessionRecord &record, Sojourn::TimePoint now) const;
        bool needsData() const;
    };
    Outcome<Selection> selection() const;
    /// Calls \a visit with each session of \a query that \a selection takes, until it returns false.
    Outcome<void> forEach(Sojourn::SessionQuery query, const Selection &selection,
                          const std::function<bool(const Sojourn::SessionRecord &)> &visit) const;

    bool wantsJson() const { return m_line.has(QStringLiteral("json")); }
    /// The one session that a command is about: its --cookie, or else its first operand.
    Outcome<Sojourn::SessionKey> key() const;
    /// \a orEnded: if none of its sessions lives, the one that the history knows.
    Outcome<Sojourn::SessionKey> keyFromCookie(const QString &cookie, bool orEnded = false) const;
    Outcome<Sojourn::SessionKey> keyFromText(const QString &text) const;
    Outcome<Sojourn::SessionKey> keyFromHistory(const QString &text);
    /// The keys of all cookies and \a operands, each once. What names nothing goes to \a missing.
    Outcome<QList<Sojourn::SessionKey>> keys(const QStringList &operands, QStringList *missing) const;
    /// The operands behind KEY, if that is one of them.
    QStringList operandsBehindKey() const;
    Outcome<Sojourn::SessionRecord> load(const Sojourn::SessionKey &key) const;
    /// The time that \a option says, if it was given.
    Outcome<std::optional<Sojourn::TimePoint>> pastMoment(const QString &option) const;
    /// The time that the options of expire say.
    Outcome<Sojourn::TimePoint> deadline() const;
    /// The state of the session afterwards; with --dry-run as it is.
    Outcome<Sojourn::SessionInfo> change(const Sojourn::SessionKey &key, Sojourn::SessionChange change);
    std::optional<Sojourn::Error> removeOne(const Sojourn::SessionKey &key, std::optional<quint64> version);
    /// The option --if-version.
    Outcome<std::optional<quint64>> expectedVersion() const;
    /// Removes what has expired. \return how many.
    Outcome<qint64> removeExpired();
    /// Says what was done, or what would be: the record with --json, otherwise \a sentence.
    void tell(const Sojourn::SessionInfo &info, const QString &sentence) const;
    Outcome<Sojourn::ImportOptions::OnConflict> conflictPolicy() const;
    /// Says what an import or a copy did, or would do: it "imported" or "copied" sessions.
    Outcome<void> printImport(const Sojourn::ImportSummary &summary, Sojourn::ImportOptions::OnConflict policy,
                              const QString &verb) const;
    void printCount(qint64 count, const QString &name, const QString &sentence) const;

    /// Runs the event loop until \a task is finished.
    template<class T>
    static Sojourn::Result<T> await(Sojourn::Task<T> task)
    {
        if (task.isFinished())
            return task.takeResult();
        QEventLoop loop;
        std::optional<Sojourn::Result<T>> result;
        task.then([&](Sojourn::Result<T> r) {
            result = std::move(r);
            loop.quit();
        });
        loop.exec();
        return *std::move(result);
    }

    CommandLine m_line;
    std::shared_ptr<Sojourn::SessionStore> m_store;
};
