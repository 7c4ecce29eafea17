// SPDX-License-Identifier: MIT
#pragma once

#include "attributecondition.h"
#include "error.h"
#include "sessionrecord.h"

#include <QtCore/QList>
#include <QtCore/QStringList>

namespace Sojourn {

/// A condition on what a store knows of a session beside its attributes: its size, or how long ago something was.
struct SOJOURN_CORE_EXPORT FactCondition
{
    /// What is compared.
    enum Fact : quint8 {
        Size,       ///< bytes of all attributes
        Attributes, ///< how many there are
        Seen,       ///< milliseconds since the last request
        Created,    ///< milliseconds since the session came into being
        Ends,       ///< milliseconds until its deadline
    };
    /// How it is compared with value.
    enum Comparison : quint8 { Less, LessOrEqual, Greater, GreaterOrEqual, Equal };

    Fact fact = Size;             ///< what is compared
    Comparison comparison = Less; ///< how
    qint64 value = 0;             ///< with what, in the unit of the fact

    /// Whether it holds for \a info at the time \a now.
    [[nodiscard]] bool matches(const SessionInfo &info, TimePoint now) const;
    /// Whether it comes to hold, or no longer holds, by the mere passing of time.
    [[nodiscard]] bool isAboutTime() const { return fact >= Seen; }

    friend bool operator==(const FactCondition &a, const FactCondition &b) = default;
};

/// Which sessions are looked for, as a person writes it in one line:
///
///     user:ann  user:"Ann Lee"  user:      of this user; of nobody
///     key:WQ1aBcdX                         whose key begins so; a whole key or a cookie needs no word in front
///     role="admin"  cart.total>=100        a condition on an attribute (AttributeCondition)
///     has:role                             there is such an attribute
///     size>10k  attributes>50              bytes in all; how many attributes
///     seen<5m  created>2d  ends<1h         a time since, or until
///     around:15:00                         that lived then
///     is:ended                             a state: living, ended, ending, rotating, unreadable; of ended ones only user,
///                                          key and time are known
///     "some text"                          part of an attribute's name or value
///
/// All of them must hold. A cookie's value is replaced by its key at once and kept nowhere.
struct SOJOURN_CORE_EXPORT SearchExpression
{
    /// Which of all sessions.
    enum State { Any, Living, Ended, EndsSoon, RotationDue, Quarantined };
    /// How a word without a prefix and without an operator is read.
    enum class Word {
        User,      ///< the name of a user; and `role=admin` needs no quotes
        Attribute, ///< the name of an attribute; what reads as NAME=JSON is a condition on that attribute
    };
    /// What is wrong with a line, and where.
    struct Fault
    {
        qsizetype position = 0; ///< of the first letter that is wrong
        qsizetype length = 0;   ///< how many letters are
        QString text;           ///< one sentence that says what to write, in English
        ErrorText reason;       ///< what the text was made of, to be translated
    };

    static constexpr auto Soon = std::chrono::minutes(5);   ///< a deadline that is nearer is near
    static constexpr auto Around = std::chrono::minutes(5); ///< what `around:` takes for the same time

    std::optional<QString> user = {};     ///< only this user's; an empty one means sessions without a user
    QByteArray keyPrefix = {};            ///< only keys whose text begins so
    State state = Any;               ///< only sessions in this state
    QString text = {};                    ///< part of an attribute's name or value
    QList<AttributeCondition> attributes = {}; ///< all must hold
    QList<FactCondition> facts = {};           ///< all must hold
    std::optional<TimePoint> around = {}; ///< only sessions that lived then

    /// Reads \a line; `around:15:00` means the last one before \a now.
    [[nodiscard]] static std::expected<SearchExpression, Fault> parse(const QString &line, TimePoint now, Word word);
    /// A line that parse() with Word::User reads as this.
    [[nodiscard]] QString toString() const;
    /// \a text as one word of a line, in quotes if it needs them.
    [[nodiscard]] static QString quoted(const QString &text);
    /// \a line with a key in place of each cookie in it, so that it may be shown and kept.
    [[nodiscard]] static QString withoutCookies(const QString &line);
    /// The words before a colon, and the facts, that parse() knows.
    [[nodiscard]] static QStringList words();
    /// The states that `is:` knows.
    [[nodiscard]] static QStringList states();

    /// Whether \a record belongs to it at the time \a now. None does to `is:ended`: of an ended session only the history can
    /// tell.
    [[nodiscard]] bool matches(const SessionRecord &record, TimePoint now) const;
    /// Whether only the attributes of a session can tell.
    [[nodiscard]] bool needsData() const { return !text.isEmpty() || !attributes.isEmpty(); }

    friend bool operator==(const SearchExpression &a, const SearchExpression &b) = default;
};

} // namespace Sojourn
