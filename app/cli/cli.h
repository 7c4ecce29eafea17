// SPDX-License-Identifier: MIT
#pragma once

#include "commandline.h"

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
    Outcome<void> set();
    Outcome<void> unset();
    Outcome<void> expire();
    Outcome<void> rotate();
    Outcome<void> remove();
    Outcome<void> revokeUser();
    Outcome<void> exportSnapshot();
    Outcome<void> importSnapshot();
    Outcome<void> diff();
    Outcome<void> watch();
    Outcome<void> history();
    Outcome<void> sweep();

    Outcome<std::shared_ptr<Sojourn::SessionStore>> openStore(const QString &url, Sojourn::StoreOptions options) const;
    /// Whether \a text, which may name a file, is taken for a store URL.
    static bool isStoreUrl(const QString &text);
    /// The store of a diff: a snapshot file, or what a store URL names.
    Outcome<std::shared_ptr<Sojourn::SessionStore>> openSource(const QString &fileOrUrl,
                                                               const Sojourn::SnapshotControl &control) const;

    bool wantsJson() const { return m_line.has(QStringLiteral("json")); }
    /// The one session that a command is about: its --cookie, or else its first operand.
    Outcome<Sojourn::SessionKey> key() const;
    Outcome<Sojourn::SessionKey> keyFromCookie(const QString &cookie) const;
    Outcome<Sojourn::SessionKey> keyFromText(const QString &text) const;
    Outcome<Sojourn::SessionKey> keyFromHistory(const QString &text);
    /// The keys of all cookies and operands, each once. What names nothing goes to \a missing.
    Outcome<QList<Sojourn::SessionKey>> keys(QStringList *missing) const;
    /// The operands behind KEY, if that is one of them.
    QStringList operandsBehindKey() const;
    Outcome<Sojourn::SessionRecord> load(const Sojourn::SessionKey &key) const;
    Outcome<Sojourn::SessionInfo> change(const Sojourn::SessionKey &key, const Sojourn::SessionChange &change);
    /// Removes what has expired. \return how many.
    Outcome<qint64> removeExpired();
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
