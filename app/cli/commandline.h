// SPDX-License-Identifier: MIT
#pragma once

#include "outcome.h"

#include <QtCore/QHash>
#include <QtCore/QStringList>

struct CommandInfo;

/// What the person typed, taken apart. Options may stand before and after the command; of a repeated one the last counts.
///
/// QCommandLineParser cannot do it: a whole session key and a JSON number may begin with "-", and the value of --cookie may be
/// anything.
class CommandLine
{
public:
    [[nodiscard]] static Outcome<CommandLine> parse(const QStringList &arguments);

    /// Null if only --help or --version were asked for.
    const CommandInfo *command = nullptr;
    QStringList operands;
    QStringList cookies; ///< every --cookie, each in place of a KEY

    /// The store: --store, or else the environment variable SOJOURN_STORE.
    [[nodiscard]] QString store() const;
    [[nodiscard]] bool isDryRun() const { return has(QStringLiteral("dry-run")); }

    [[nodiscard]] bool has(const QString &option) const { return m_options.contains(option); }
    [[nodiscard]] QString value(const QString &option, const QString &otherwise = {}) const
    {
        return m_options.value(option, otherwise);
    }
    /// Every value of a repeated option, in their order.
    [[nodiscard]] QStringList values(const QString &option) const { return m_repeated.value(option); }
    /// A whole number from 0, or \a otherwise if the option was not given.
    [[nodiscard]] Outcome<qint64> number(const QString &option, qint64 otherwise) const;

private:
    Outcome<void> check() const;

    QHash<QString, QString> m_options;
    QHash<QString, QStringList> m_repeated;
};
