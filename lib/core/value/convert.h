// SPDX-License-Identifier: MIT
#pragma once

#include "error.h"
#include "global.h"

#include <QtCore/QByteArray>
#include <QtCore/QDateTime>
#include <QtCore/QJsonArray>
#include <QtCore/QJsonObject>
#include <QtCore/QJsonValue>
#include <QtCore/QMetaObject>
#include <QtCore/QMetaType>
#include <QtCore/QString>
#include <QtCore/QUrl>
#include <QtCore/QUuid>

#include <chrono>
#include <cmath>
#include <concepts>
#include <limits>
#include <optional>
#include <ranges>
#include <string>
#include <type_traits>
#include <utility>

namespace Sojourn {

namespace Detail {

template<class T>
concept Gadget = requires {
    T::staticMetaObject;
    typename T::QtGadgetHelper;
};
template<class T>
concept Text = std::convertible_to<const T &, QAnyStringView> && !std::same_as<T, QByteArray>;
template<class T>
concept Duration = std::same_as<T, std::chrono::duration<typename T::rep, typename T::period>>;
template<class T>
concept MapLike = requires {
    typename T::key_type;
    typename T::mapped_type;
} && (std::convertible_to<typename T::key_type, QString> || std::same_as<typename T::key_type, std::string>);
template<class T>
concept ListLike = std::ranges::range<T> && !MapLike<T> && requires { typename T::value_type; };
template<class T>
concept Optional = std::same_as<T, std::optional<typename T::value_type>>;

template<class Map>
QString keyOf(const Map &, typename Map::const_iterator it)
{
    if constexpr (requires { it.key(); })
        return QAnyStringView(it.key()).toString();
    else
        return QAnyStringView(it->first).toString();
}
template<class Map>
const typename Map::mapped_type &valueOf(const Map &, typename Map::const_iterator it)
{
    if constexpr (requires { it.value(); })
        return it.value();
    else
        return it->second;
}

SOJOURN_CORE_EXPORT QJsonValue unsignedToJson(quint64 value);
SOJOURN_CORE_EXPORT std::optional<quint64> jsonToUnsigned(const QJsonValue &json);
SOJOURN_CORE_EXPORT std::optional<qint64> jsonToInteger(const QJsonValue &json);
SOJOURN_CORE_EXPORT QJsonValue bytesToJson(const QByteArray &bytes);
SOJOURN_CORE_EXPORT std::optional<QByteArray> jsonToBytes(const QJsonValue &json);
SOJOURN_CORE_EXPORT std::optional<QDateTime> jsonToDateTime(const QJsonValue &json);
SOJOURN_CORE_EXPORT QJsonValue dateToJson(QDate date);
SOJOURN_CORE_EXPORT std::optional<QDate> jsonToDate(const QJsonValue &json);
SOJOURN_CORE_EXPORT QJsonValue timeToJson(QTime time);
SOJOURN_CORE_EXPORT std::optional<QTime> jsonToTime(const QJsonValue &json);
SOJOURN_CORE_EXPORT QJsonValue uuidToJson(const QUuid &uuid);
SOJOURN_CORE_EXPORT std::optional<QUuid> jsonToUuid(const QJsonValue &json);
SOJOURN_CORE_EXPORT QJsonValue urlToJson(const QUrl &url);
SOJOURN_CORE_EXPORT std::optional<QUrl> jsonToUrl(const QJsonValue &json);
SOJOURN_CORE_EXPORT QJsonValue variantToJson(const QVariant &value);
SOJOURN_CORE_EXPORT QJsonValue gadgetToJson(const QMetaObject &type, const void *gadget);
SOJOURN_CORE_EXPORT bool jsonToGadget(const QJsonValue &json, const QMetaObject &type, void *gadget);
/// Why the value at \a value has no JSON form: names the property and its type.
SOJOURN_CORE_EXPORT Error noJsonForm(QMetaType type, const void *value);

/// A duration is a number of milliseconds, whatever its unit, so that it can be read in another one.
template<class T>
std::optional<T> durationFrom(const QJsonValue &json)
{
    using Milliseconds = std::chrono::duration<long double, std::milli>;
    if (!json.isDouble())
        return std::nullopt;
    const qint64 whole = json.toInteger(0);
    const bool isWhole = whole != 0 || json.toInteger(1) == 0;
    const long double count = std::chrono::duration<long double, typename T::period>(
                                  Milliseconds(isWhole ? static_cast<long double>(whole) : json.toDouble()))
                                  .count();
    if constexpr (std::floating_point<typename T::rep>) {
        return T(static_cast<typename T::rep>(count));
    } else {
        const long double rounded = std::round(count);
        const bool isExact = isWhole ? rounded == count : std::abs(rounded - count) < 1e-3L;
        // The bounds are powers of two: exact as a long double, also where that is but a double.
        const long double end = std::ldexp(1.0L, std::numeric_limits<typename T::rep>::digits);
        const bool fits = rounded < end && rounded >= (std::is_signed_v<typename T::rep> ? -end : 0.0L);
        return isExact && fits ? std::optional(T(static_cast<typename T::rep>(rounded))) : std::nullopt;
    }
}
template<class T>
QJsonValue durationToJson(T duration)
{
    if constexpr (std::integral<typename T::rep> && std::ratio_greater_equal_v<typename T::period, std::milli>) {
        constexpr qint64 Factor = std::ratio_divide<typename T::period, std::milli>::num;
        qint64 count;
        const bool fits = std::in_range<qint64>(duration.count())
                       && !qMulOverflow(static_cast<qint64>(duration.count()), Factor, &count);
        return fits ? QJsonValue(count) : QJsonValue(QJsonValue::Undefined);
    } else {
        const double milliseconds = std::chrono::duration<double, std::milli>(duration).count();
        const bool isWhole = milliseconds == std::trunc(milliseconds) && std::abs(milliseconds) < 0x1p53;
        const QJsonValue json = isWhole ? QJsonValue(static_cast<qint64>(milliseconds)) : QJsonValue(milliseconds);
        return durationFrom<T>(json) == duration ? json : QJsonValue(QJsonValue::Undefined);
    }
}

} // namespace Detail

/// \a value as JSON: numbers, bool, enums (their number), text, QByteArray (base64), QDateTime (ISO 8601 UTC), QDate and QTime
/// (ISO 8601), QUuid, QUrl, std::chrono durations (milliseconds; those that are too fine or too long for that have no JSON form,
/// see std::chrono::duration_cast), JSON types, QVariant, std::optional (null), lists and
/// string-keyed maps of these, Qt's and the standard library's, and any Q_GADGET through its properties. Integers keep all 64
/// bits: JSON numbers in Qt are signed, so unsigned ones from 2^63 on become their decimal text. What JSON cannot say (NaN, an
/// infinite number, an invalid date or time) is null.
///
/// A property or QVariant of another type (QPoint, a pointer) has no JSON form: the whole value is QJsonValue::Undefined, which
/// Session::insert() refuses. Give the type a converter to and from QString (QMetaType::registerConverter()), or store its parts.
template<class T>
[[nodiscard]] QJsonValue toJsonValue(const T &value)
{
    if constexpr (std::same_as<T, bool> || std::same_as<T, QJsonValue> || std::same_as<T, QJsonObject>
                  || std::same_as<T, QJsonArray>)
        return value;
    else if constexpr (std::same_as<T, std::nullptr_t>)
        return QJsonValue();
    else if constexpr (std::is_enum_v<T>)
        return toJsonValue(static_cast<std::underlying_type_t<T>>(value));
    else if constexpr (std::unsigned_integral<T>)
        return Detail::unsignedToJson(value);
    else if constexpr (std::integral<T>)
        return QJsonValue(static_cast<qint64>(value));
    else if constexpr (std::floating_point<T>)
        return QJsonValue(static_cast<double>(value));
    else if constexpr (std::same_as<T, QByteArray>)
        return Detail::bytesToJson(value);
    else if constexpr (std::same_as<T, QDateTime>)
        return value.isValid() ? QJsonValue(toIsoString(toTimePoint(value))) : QJsonValue();
    else if constexpr (std::same_as<T, QDate>)
        return Detail::dateToJson(value);
    else if constexpr (std::same_as<T, QTime>)
        return Detail::timeToJson(value);
    else if constexpr (std::same_as<T, QUuid>)
        return Detail::uuidToJson(value);
    else if constexpr (std::same_as<T, QUrl>)
        return Detail::urlToJson(value);
    else if constexpr (requires { requires Detail::Duration<T>; })
        return Detail::durationToJson(value);
    else if constexpr (Detail::Text<T>)
        return QAnyStringView(value).toString();
    else if constexpr (std::same_as<T, QVariant>)
        return Detail::variantToJson(value);
    else if constexpr (Detail::Gadget<T>)
        return Detail::gadgetToJson(T::staticMetaObject, &value);
    else if constexpr (requires { requires Detail::Optional<T>; })
        return value ? toJsonValue(*value) : QJsonValue();
    else if constexpr (Detail::MapLike<T>) {
        QJsonObject object;
        for (auto it = value.begin(); it != value.end(); ++it) {
            const QJsonValue member = toJsonValue(Detail::valueOf(value, it));
            if (member.isUndefined())
                return member;
            object.insert(Detail::keyOf(value, it), member);
        }
        return object;
    } else if constexpr (Detail::ListLike<T>) {
        QJsonArray array;
        for (const auto &item : value) {
            const QJsonValue json = toJsonValue(static_cast<const typename T::value_type &>(item));
            if (json.isUndefined())
                return json;
            array.append(json);
        }
        return array;
    } else {
        static_assert(sizeof(T) == 0,
                      "Sojourn: this type has no JSON form. Use a number, bool, text, QByteArray, a date or time, a duration, "
                      "QUuid, QUrl, an enum, a JSON type, a Q_GADGET, or a list or string-keyed map of these.");
    }
}

/// What toJsonValue() wrote, read back; nothing if \a json is of another kind or does not fit (12.5 or 300 is no quint8), never a
/// default.
///
/// A Q_GADGET reads as nothing where a property is missing, such as one that it gained since the value was stored. One with
/// `Q_CLASSINFO("sojourn.missing", "default")` keeps the default of a missing property.
template<class T>
[[nodiscard]] std::optional<T> fromJsonValue(const QJsonValue &json)
{
    if constexpr (std::same_as<T, QJsonValue>)
        return json;
    else if constexpr (std::same_as<T, bool>)
        return json.isBool() ? std::optional(json.toBool()) : std::nullopt;
    else if constexpr (std::same_as<T, QJsonObject>)
        return json.isObject() ? std::optional(json.toObject()) : std::nullopt;
    else if constexpr (std::same_as<T, QJsonArray>)
        return json.isArray() ? std::optional(json.toArray()) : std::nullopt;
    else if constexpr (std::is_enum_v<T>) {
        const auto number = fromJsonValue<std::underlying_type_t<T>>(json);
        return number ? std::optional(static_cast<T>(*number)) : std::nullopt;
    } else if constexpr (std::unsigned_integral<T>) {
        const auto number = Detail::jsonToUnsigned(json);
        return number && *number <= std::numeric_limits<T>::max() ? std::optional(static_cast<T>(*number)) : std::nullopt;
    } else if constexpr (std::integral<T>) {
        const auto number = Detail::jsonToInteger(json);
        return number && *number >= std::numeric_limits<T>::min() && *number <= std::numeric_limits<T>::max()
                 ? std::optional(static_cast<T>(*number))
                 : std::nullopt;
    } else if constexpr (std::floating_point<T>)
        return json.isDouble() && std::isfinite(static_cast<T>(json.toDouble())) ? std::optional(static_cast<T>(json.toDouble()))
                                                                                 : std::nullopt;
    else if constexpr (std::same_as<T, QString>)
        return json.isString() ? std::optional(json.toString()) : std::nullopt;
    else if constexpr (std::same_as<T, std::string>)
        return json.isString() ? std::optional(json.toString().toStdString()) : std::nullopt;
    else if constexpr (std::same_as<T, QByteArray>)
        return Detail::jsonToBytes(json);
    else if constexpr (std::same_as<T, QDateTime>)
        return Detail::jsonToDateTime(json);
    else if constexpr (std::same_as<T, QDate>)
        return Detail::jsonToDate(json);
    else if constexpr (std::same_as<T, QTime>)
        return Detail::jsonToTime(json);
    else if constexpr (std::same_as<T, QUuid>)
        return Detail::jsonToUuid(json);
    else if constexpr (std::same_as<T, QUrl>)
        return Detail::jsonToUrl(json);
    else if constexpr (requires { requires Detail::Duration<T>; })
        return Detail::durationFrom<T>(json);
    else if constexpr (std::same_as<T, QVariant>)
        return json.toVariant();
    else if constexpr (Detail::Gadget<T>) {
        T gadget{};
        return Detail::jsonToGadget(json, T::staticMetaObject, &gadget) ? std::optional(std::move(gadget)) : std::nullopt;
    } else if constexpr (requires { requires Detail::Optional<T>; }) {
        if (json.isNull())
            return std::optional<T>(std::in_place);
        auto value = fromJsonValue<typename T::value_type>(json);
        return value ? std::optional<T>(std::in_place, std::move(*value)) : std::nullopt;
    } else if constexpr (Detail::MapLike<T>) {
        if (!json.isObject())
            return std::nullopt;
        T map;
        const QJsonObject object = json.toObject();
        for (auto it = object.begin(); it != object.end(); ++it) {
            auto value = fromJsonValue<typename T::mapped_type>(it.value());
            if (!value)
                return std::nullopt;
            if constexpr (std::same_as<typename T::key_type, std::string>)
                map[it.key().toStdString()] = std::move(*value);
            else
                map[it.key()] = std::move(*value);
        }
        return map;
    } else if constexpr (Detail::ListLike<T>) {
        if (!json.isArray())
            return std::nullopt;
        T list{};
        const QJsonArray array = json.toArray();
        constexpr bool Grows = requires { list.insert(list.end(), typename T::value_type()); };
        if (!Grows && array.size() != qsizetype(list.size()))
            return std::nullopt;
        qsizetype index = 0;
        for (const QJsonValue item : array) {
            auto value = fromJsonValue<typename T::value_type>(item);
            if (!value)
                return std::nullopt;
            if constexpr (Grows)
                list.insert(list.end(), std::move(*value));
            else
                list[index++] = std::move(*value);
        }
        return list;
    } else {
        static_assert(sizeof(T) == 0, "Sojourn: this type cannot be read from JSON. See toJsonValue() for those that can.");
    }
}

} // namespace Sojourn
