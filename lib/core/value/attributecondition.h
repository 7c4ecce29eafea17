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

    /// Whether the condition holds for \a data.
    [[nodiscard]] bool matches(const SessionData &data) const;

private:
    enum Operator : quint8 { Exists, Equal, NotEqual, Less, LessOrEqual, Greater, GreaterOrEqual };

    QString m_path;
    Operator m_operator = Exists;
    QJsonValue m_value;
};

} // namespace Sojourn
