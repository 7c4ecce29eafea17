// SPDX-License-Identifier: MIT
#pragma once

#include "error.h"
#include "sessiondata.h"

#include <QtCore/QJsonValue>

namespace Sojourn {

/// The value at \a path in \a data: the attribute of that name, or, where the path has dots, what its parts lead to in objects
/// and arrays ("cart.total", "items.0.name"). A name that has dots itself comes first.
[[nodiscard]] SOJOURN_CORE_EXPORT std::optional<QJsonValue> valueAt(const SessionData &data, const QString &path);

/// A condition on an attribute, as a person writes it:
///
///     role                 there is such an attribute
///     role="admin"         it has this JSON value
///     cart.total>=100      a number or text is more; likewise > < <= and !=
class SOJOURN_CORE_EXPORT AttributeCondition
{
public:
    /// Error::Invalid if \a text has no name, or what stands behind its = is no JSON.
    [[nodiscard]] static Result<AttributeCondition> parse(const QString &text);
    /// The same, but what follows the sign is taken for text if it is no JSON, and the name may stand in quotes.
    [[nodiscard]] static Result<AttributeCondition> parseLeniently(const QString &text);
    /// The condition that there is an attribute of this name.
    [[nodiscard]] static AttributeCondition exists(const QString &path);

    /// Whether the condition holds for \a data.
    [[nodiscard]] bool matches(const SessionData &data) const;
    /// The name, with dots where it leads into objects.
    [[nodiscard]] QString path() const { return m_path; }
    /// What parseLeniently() reads as this, with the name in quotes if it needs them or \a quotesName says so; `has:NAME` where
    /// there is no sign.
    [[nodiscard]] QString toString(bool quotesName = false) const;

    friend bool operator==(const AttributeCondition &a, const AttributeCondition &b) = default;

private:
    enum Operator : quint8 { Exists, Equal, NotEqual, Less, LessOrEqual, Greater, GreaterOrEqual };
    struct Sign
    {
        QLatin1StringView text;
        Operator op;
    };
    static const Sign Signs[6];

    QString m_path;
    Operator m_operator = Exists;
    QJsonValue m_value;
};

} // namespace Sojourn
