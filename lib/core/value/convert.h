// SPDX-License-Identifier: MIT
#pragma once

#include "global.h"

#include <QtCore/QByteArray>
#include <QtCore/QJsonArray>
#include <QtCore/QJsonObject>
#include <QtCore/QJsonValue>
#include <QtCore/QMetaObject>
#include <QtCore/QString>

#include <cmath>
#include <concepts>
#include <limits>
#include <optional>
#include <ranges>
#include <string>
#include <type_traits>

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
SOJOURN_CORE_EXPORT QJsonValue variantToJson(const QVariant &value);
SOJOURN_CORE_EXPORT QJsonValue gadgetToJson(const QMetaObject &type, const void *gadget);
SOJOURN_CORE_EXPORT bool jsonToGadget(const QJsonValue &json, const QMetaObject &type, void *gadget);

} // namespace Detail

/// \a value as JSON: numbers, bool, enums (their number), text, QByteArray (base64), QDateTime (ISO 8601 UTC), JSON types,
/// QVariant, std::optional (null), lists and string-keyed maps of these, Qt's and the standard library's, and any Q_GADGET
/// through its properties. Integers keep all 64 bits: JSON numbers in Qt are signed, so unsigned ones from 2^63 on become their
/// decimal text. What JSON cannot say (NaN, an infinite number, an invalid QDateTime) is null.
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
        for (auto it = value.begin(); it != value.end(); ++it)
            object.insert(Detail::keyOf(value, it), toJsonValue(Detail::valueOf(value, it)));
        return object;
    } else if constexpr (Detail::ListLike<T>) {
        QJsonArray array;
        for (const auto &item : value)
            array.append(toJsonValue(static_cast<const typename T::value_type &>(item)));
        return array;
    } else {
        static_assert(sizeof(T) == 0,
                      "Sojourn: this type has no JSON form. Use a number, bool, text, QByteArray, QDateTime, an enum, "
                      "a JSON type, a Q_GADGET, or a list or string-keyed map of these.");
    }
}

/// What toJsonValue() wrote, read back; nothing if \a json is of another kind or does not fit (12.5 or 300 is no quint8), never a
/// default.
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
