// SPDX-License-Identifier: MIT
#pragma once

#include "error.h"

#include <QtCore/QByteArray>
#include <QtCore/QJsonValue>
#include <QtCore/QString>

// What a session can hold so that every store, a snapshot and the inspector give it back unchanged. Whoever takes JSON, names or
// users from outside asks here first; each refusal is Error::Invalid with a sentence for a person. All functions are reentrant
// and take time linear in the text (apart from sorting the names of an object).

namespace Sojourn {

/// How many arrays and objects may be nested in one value; `[[]]` has 2.
inline constexpr int MaxJsonDepth = 200;
/// The longest user name, in bytes of UTF-8.
inline constexpr qsizetype MaxUserSize = 1024;

/// \a text, one JSON value of any kind, as compact text in the form that encodeJson() writes (objects sorted by name).
/// Error::Invalid if it is not JSON or not UTF-8, is nested deeper than \a maxDepth, has a name twice in one object, a surrogate
/// without its other half, or a number that would not come back with the same digits (18446744073709551615, 1e400).
[[nodiscard]] SOJOURN_CORE_EXPORT Result<QByteArray> readJson(QByteArrayView text, int maxDepth = MaxJsonDepth);
/// The same as a value.
[[nodiscard]] SOJOURN_CORE_EXPORT Result<QJsonValue> readJsonValue(QByteArrayView text, int maxDepth = MaxJsonDepth);

/// \a value as compact JSON text, like encodeJson(). Error::Invalid if it is nested deeper than \a maxDepth, or has a number that
/// is not finite or text that is not valid Unicode: encodeJson() would write something else in its place.
[[nodiscard]] SOJOURN_CORE_EXPORT Result<QByteArray> writeJson(const QJsonValue &value, int maxDepth = MaxJsonDepth);
/// Whether writeJson() takes \a value.
[[nodiscard]] SOJOURN_CORE_EXPORT Result<void> checkJson(const QJsonValue &value);

/// Whether \a name can name an attribute: any valid Unicode, the empty name included. Bytes count as UTF-8.
[[nodiscard]] SOJOURN_CORE_EXPORT Result<void> checkAttributeName(QAnyStringView name);
/// Whether \a user can be bound to a session: valid Unicode of at most \a most bytes in UTF-8. Empty means no user.
[[nodiscard]] SOJOURN_CORE_EXPORT Result<void> checkUser(QStringView user, qsizetype most = MaxUserSize);

namespace Detail {
/// \a utf8 as a QString. Stores must read names and users with it: QString::fromUtf8() drops a leading U+FEFF, which makes two
/// users one.
[[nodiscard]] SOJOURN_CORE_EXPORT QString fromUtf8(QByteArrayView utf8);
/// readJson() that leaves the names of objects in their order.
[[nodiscard]] SOJOURN_CORE_EXPORT Result<QByteArray> compactJson(QByteArrayView text);
/// \a number in digits, as QByteArray::number() does it, in half the time.
[[nodiscard]] SOJOURN_CORE_EXPORT QByteArray integerText(qint64 number);
/// How many bytes \a text takes in UTF-8.
[[nodiscard]] SOJOURN_CORE_EXPORT qsizetype utf8Size(QStringView text);
/// Whether \a flash is empty or the text of a JSON array of values that can be kept.
[[nodiscard]] SOJOURN_CORE_EXPORT Result<void> checkFlash(QByteArrayView flash);
} // namespace Detail

} // namespace Sojourn
