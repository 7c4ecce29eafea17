// SPDX-License-Identifier: MIT
#pragma once

#include "outcome.h"

#include "arguments.h"

struct CommandInfo;

/// What the person typed: a command, its options and what it works on. A whole session key and a JSON number may begin with "-".
class CommandLine : public Arguments
{
public:
    [[nodiscard]] static Outcome<CommandLine> parse(const QStringList &arguments);

    /// Null if only --help or --version were asked for. The operands are those behind it.
    const CommandInfo *command = nullptr;

    /// Every --cookie, each in place of a KEY.
    [[nodiscard]] QStringList cookies() const { return values(QStringLiteral("cookie")); }
    /// The store: --store, or else the environment variable SOJOURN_STORE.
    [[nodiscard]] QString store() const;
    [[nodiscard]] bool isDryRun() const { return has(QStringLiteral("dry-run")); }
    /// A whole number from 0, or \a otherwise if the option was not given.
    [[nodiscard]] Outcome<qint64> number(const QString &option, qint64 otherwise) const;

private:
    explicit CommandLine(Arguments &&arguments) : Arguments(std::move(arguments)) { }

    Outcome<void> readCommand();
    Outcome<void> check() const;
    Outcome<void> checkStore() const;
};
