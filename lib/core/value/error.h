// SPDX-License-Identifier: MIT
#pragma once

#include "global.h"

#include <QtCore/QString>

#include <expected>

namespace Sojourn {

/// Why an operation did not happen: a code for the program and a sentence for a person.
/// The text never holds a session id or a password.
struct Error
{
    /// The kinds of failure a program can tell apart.
    enum Code {
        Unavailable, ///< the store cannot be reached or is not ready
        Timeout,     ///< no answer in time; whether a write happened is not known
        NotFound,    ///< no living record has this key
        Exists,      ///< create() found the key taken
        Conflict,    ///< the record is newer than the version the change expected
        TooLarge,    ///< the record would exceed the size limit
        LimitReached,///< the user has as many sessions as allowed
        Invalid,     ///< the change or the input makes no sense here
        ReadOnly,    ///< the store is open for reading only
        Unsupported, ///< this build or this store cannot do that
        Corrupt,     ///< what the store holds cannot be decoded
        Replaced,    ///< rotate() took this key away a short while ago; its record has another one
    };

    Code code = Unavailable; ///< what kind of failure
    QString text; ///< what happened and what to do, in English, for a person

    friend bool operator==(const Error &a, const Error &b) = default;
    friend bool operator==(const Error &error, Code wanted) { return error.code == wanted; }
};

/// A value, or the reason why there is none.
template<class T>
using Result = std::expected<T, Error>;

/// Shorthand for returning an error: `return failure(Error::Invalid, tr("..."));`
[[nodiscard]] inline std::unexpected<Error> failure(Error::Code code, const QString &text)
{
    return std::unexpected(Error{code, text});
}

namespace Detail {
/// \a sentence without its full stop, to be part of another.
[[nodiscard]] inline QString withoutStop(const QString &sentence)
{
    return sentence.endsWith(u'.') ? sentence.chopped(1) : sentence;
}
} // namespace Detail

} // namespace Sojourn
