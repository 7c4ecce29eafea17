// SPDX-License-Identifier: MIT
#pragma once

#include <Sojourn/Error>

enum ExitCode { Done = 0, Failed = 1, UsageError = 2, NotFound = 3, Conflict = 4, Differs = 5, Interrupted = 130 };

/// Why a command did not do its work: an exit code, and one line that says what to do. Differs needs no such line.
struct Failure
{
    ExitCode code = Failed;
    QString text;
};

template<class T>
using Outcome = std::expected<T, Failure>;

[[nodiscard]] inline std::unexpected<Failure> fail(ExitCode code, const QString &text)
{
    return std::unexpected(Failure{code, text});
}

[[nodiscard]] inline std::unexpected<Failure> fail(const Sojourn::Error &error)
{
    switch (error.code) {
    case Sojourn::Error::NotFound:
        return fail(NotFound, error.text);
    case Sojourn::Error::Conflict:
    case Sojourn::Error::Exists:
        return fail(Conflict, error.text);
    default:
        return fail(Failed, error.text);
    }
}
