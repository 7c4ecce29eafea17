// SPDX-License-Identifier: MIT
#pragma once

#include "global.h"

#include <QtCore/QList>
#include <QtCore/QString>

#include <concepts>
#include <expected>
#include <memory>

namespace Sojourn {

/// A text for a person, in English, with %1 to %9 where its arguments go. Both are kept, so that a program can say it in
/// another language; an argument may be such a text itself. Implicitly shared; may be used in any thread.
class SOJOURN_CORE_EXPORT ErrorText
{
public:
    /// What a language makes of a format, given in English.
    using Translation = QString (*)(const QString &format);

    ErrorText() = default; ///< an empty one

    /// What is the same in every language: a path, a name, what the system said.
    template<class T>
        requires std::convertible_to<const T &, QString>
    ErrorText(const T &verbatim) : ErrorText(QString(verbatim), Kind::Verbatim)
    { }
    /// Likewise.
    ErrorText(QStringView verbatim) : ErrorText(verbatim.toString(), Kind::Verbatim) { }
    /// A number, in digits.
    template<std::integral T>
    ErrorText(T number) : ErrorText(QString::number(number), Kind::Verbatim)
    { }

    /// A text that a program may translate. What stands in \a format as %1 to %9 without an argument stays as it is.
    [[nodiscard]] static ErrorText fromFormat(const QString &format) { return {format, Kind::Format}; }

    /// This text with \a arguments put in for its next places, from %1 on.
    template<class... T>
    [[nodiscard]] ErrorText arg(const T &...arguments) const
    {
        return with({ErrorText(arguments)...});
    }

    /// This text without its full stop, to be part of another.
    [[nodiscard]] ErrorText withoutStop() const;

    [[nodiscard]] bool isEmpty() const { return !d; } ///< there is no text
    [[nodiscard]] bool isVerbatim() const;          ///< nothing that a language changes
    [[nodiscard]] bool isWithoutStop() const;     ///< as withoutStop() made it
    [[nodiscard]] QString format() const;           ///< what a verbatim text says
    [[nodiscard]] QList<ErrorText> arguments() const; ///< of %1, %2, ...

    /// The text with its arguments in their places, in English or as \a translated says.
    [[nodiscard]] QString toString(Translation translated = nullptr) const;

    friend bool operator==(const ErrorText &a, const ErrorText &b)
    {
        return a.isVerbatim() == b.isVerbatim() && a.isWithoutStop() == b.isWithoutStop() && a.format() == b.format()
            && a.arguments() == b.arguments();
    }

private:
    enum class Kind { Verbatim, Format };
    struct Data;

    ErrorText(const QString &text, Kind kind);
    [[nodiscard]] ErrorText with(const QList<ErrorText> &arguments) const;

    std::shared_ptr<const Data> d;
};

/// Why an operation did not happen: a code for the program and a sentence for a person.
/// The text never holds a session id or a password.
struct SOJOURN_CORE_EXPORT Error
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

    Error() = default; ///< Unavailable, without a text
    /// An error whose text says \a sentence in English.
    Error(Code why, const ErrorText &sentence = {});

    /// Marks a text of the library for translators (`lupdate` reads the call); it is translated where it is shown.
    [[nodiscard]] static ErrorText tr(const char *format) { return ErrorText::fromFormat(QString::fromUtf8(format)); }

    /// The text with its arguments apart: reason, unless the text has been replaced by another since.
    [[nodiscard]] ErrorText sentence() const;

    /// Whether no record has the key that was asked for: none ever had it, or one that has another key by now.
    [[nodiscard]] bool isAbsence() const { return code == NotFound || code == Replaced; }

    Code code = Unavailable; ///< what kind of failure
    QString text;            ///< what happened and what to do, in English, for a person
    ErrorText reason;        ///< what the text was made of; empty where that is not known

    friend bool operator==(const Error &a, const Error &b) { return a.code == b.code && a.text == b.text; }
    friend bool operator==(const Error &error, Code wanted) { return error.code == wanted; }
};

/// A value, or the reason why there is none.
template<class T>
using Result = std::expected<T, Error>;

/// Shorthand for returning an error: `return failure(Error::Invalid, u"..."_s);`
[[nodiscard]] inline std::unexpected<Error> failure(Error::Code code, const ErrorText &text)
{
    return std::unexpected(Error(code, text));
}

} // namespace Sojourn
