// SPDX-License-Identifier: MIT
#include "convert.h"

#include <QtCore/QMetaProperty>
#include <QtCore/QVariant>
#if QT_VERSION >= QT_VERSION_CHECK(6, 11, 0)
#include <QtCore/QMetaAssociation>
#include <QtCore/QMetaSequence>
#else
#include <QtCore/QAssociativeIterable>
#include <QtCore/QSequentialIterable>
#endif

namespace Sojourn::Detail {

namespace {

#if QT_VERSION >= QT_VERSION_CHECK(6, 11, 0)
using SequentialIterable = QMetaSequence::Iterable;
using AssociativeIterable = QMetaAssociation::Iterable;
#else
using SequentialIterable = QSequentialIterable;
using AssociativeIterable = QAssociativeIterable;
#endif

constexpr quint64 SignedMax = std::numeric_limits<qint64>::max();

template<class T>
bool readInto(const QJsonValue &json, QVariant &value)
{
    auto read = fromJsonValue<T>(json);
    if (!read)
        return false;
    const QMetaType wanted = value.metaType();
    value = QVariant::fromValue(std::move(*read));
    return value.metaType() == wanted || value.convert(wanted);
}

bool isInteger(QMetaType type)
{
    switch (type.id()) {
    case QMetaType::Char:
    case QMetaType::SChar:
    case QMetaType::UChar:
    case QMetaType::Short:
    case QMetaType::UShort:
    case QMetaType::Int:
    case QMetaType::UInt:
    case QMetaType::Long:
    case QMetaType::ULong:
    case QMetaType::LongLong:
    case QMetaType::ULongLong:
        return true;
    default:
        return false;
    }
}

/// Reads \a json as the integer type that \a value has; false if it does not fit.
bool readInteger(const QJsonValue &json, QVariant &value)
{
    const QMetaType type = value.metaType();
    const bool isUnsigned = type.flags() & QMetaType::IsUnsignedEnumeration || type.id() == QMetaType::UChar
                         || type.id() == QMetaType::UShort || type.id() == QMetaType::UInt || type.id() == QMetaType::ULong
                         || type.id() == QMetaType::ULongLong;
    const auto bits = static_cast<int>(type.sizeOf() * 8);
    if (isUnsigned) {
        const auto number = jsonToUnsigned(json);
        if (!number || (bits < 64 && *number >> bits))
            return false;
        value = QVariant::fromValue(*number);
    } else {
        const auto number = jsonToInteger(json);
        if (!number || (bits < 64 && (*number >> (bits - 1)) != 0 && (*number >> (bits - 1)) != -1))
            return false;
        value = QVariant::fromValue(*number);
    }
    return value.convert(type);
}

bool jsonToVariant(const QJsonValue &json, QVariant &value)
{
    const QMetaType type = value.metaType();
    if (isInteger(type))
        return readInteger(json, value);
    switch (type.id()) {
    case QMetaType::Bool:
        return readInto<bool>(json, value);
    case QMetaType::Double:
    case QMetaType::Float:
        return readInto<double>(json, value);
    case QMetaType::QString:
        return readInto<QString>(json, value);
    case QMetaType::QByteArray:
        return readInto<QByteArray>(json, value);
    case QMetaType::QDateTime:
        return readInto<QDateTime>(json, value);
    case QMetaType::QStringList:
        return readInto<QStringList>(json, value);
    case QMetaType::QJsonValue:
    case QMetaType::QJsonObject:
    case QMetaType::QJsonArray:
        value = QVariant::fromValue(json);
        return value.convert(type);
    case QMetaType::QVariantList:
    case QMetaType::QVariantMap:
    case QMetaType::QVariantHash:
        value = json.toVariant();
        return value.convert(type);
    default:
        break;
    }
    if (type.flags() & QMetaType::IsEnumeration) {
        const auto number = jsonToInteger(json);
        if (!number)
            return false;
        value = QVariant::fromValue(*number);
        return value.convert(type);
    }
    if (type.flags() & QMetaType::IsGadget && type.metaObject())
        return jsonToGadget(json, *type.metaObject(), value.data());
    if (json.isArray() && value.canView<SequentialIterable>()) {
        auto list = value.view<SequentialIterable>();
        const QJsonArray items = json.toArray();
        for (const QJsonValue item : items) {
            QVariant read(list.metaContainer().valueMetaType());
            if (!jsonToVariant(item, read))
                return false;
            list.metaContainer().addValue(list.mutableIterable(), read.constData());
        }
        return true;
    }
    if (json.isObject() && value.canView<AssociativeIterable>()) {
        auto map = value.view<AssociativeIterable>();
        const QJsonObject members = json.toObject();
        for (auto it = members.begin(); it != members.end(); ++it) {
            QVariant read(map.metaContainer().mappedMetaType());
            if (!jsonToVariant(it.value(), read))
                return false;
            map.setValue(it.key(), read);
        }
        return true;
    }
    value = json.toVariant();
    return value.convert(type);
}

} // namespace

QJsonValue variantToJson(const QVariant &value)
{
    const QMetaType type = value.metaType();
    if (type.id() == QMetaType::ULongLong || type.id() == QMetaType::ULong)
        return unsignedToJson(value.toULongLong());
    if (isInteger(type) || type.flags() & QMetaType::IsEnumeration)
        return QJsonValue(value.toLongLong());
    if (type.id() == QMetaType::QByteArray)
        return bytesToJson(value.toByteArray());
    if (type.id() == QMetaType::QDateTime)
        return toJsonValue(value.toDateTime());
    if (type.flags() & QMetaType::IsGadget && type.metaObject())
        return gadgetToJson(*type.metaObject(), value.constData());
    if (value.canConvert<QVariantList>() && type.id() != QMetaType::QString) {
        QJsonArray array;
        for (const QVariant &item : value.toList())
            array.append(variantToJson(item));
        return array;
    }
    if (value.canConvert<QVariantMap>()) {
        QJsonObject object;
        const QVariantMap map = value.toMap();
        for (auto it = map.begin(); it != map.end(); ++it)
            object.insert(it.key(), variantToJson(it.value()));
        return object;
    }
    return QJsonValue::fromVariant(value);
}

QJsonValue unsignedToJson(quint64 value)
{
    return value <= SignedMax ? QJsonValue(static_cast<qint64>(value)) : QJsonValue(QString::number(value));
}

std::optional<quint64> jsonToUnsigned(const QJsonValue &json)
{
    if (json.isString()) {
        bool ok = false;
        const QString text = json.toString();
        const quint64 value = text.toULongLong(&ok);
        // Only what unsignedToJson() writes so: "7" is text, not a number.
        return ok && value > SignedMax && text == QString::number(value) ? std::optional(value) : std::nullopt;
    }
    const auto value = jsonToInteger(json);
    return value && *value >= 0 ? std::optional(static_cast<quint64>(*value)) : std::nullopt;
}

std::optional<qint64> jsonToInteger(const QJsonValue &json)
{
    if (!json.isDouble())
        return std::nullopt;
    const qint64 value = json.toInteger(0);
    return value != 0 || json.toInteger(1) == 0 ? std::optional(value) : std::nullopt;
}

QJsonValue bytesToJson(const QByteArray &bytes)
{
    return QString::fromLatin1(bytes.toBase64());
}

std::optional<QByteArray> jsonToBytes(const QJsonValue &json)
{
    if (!json.isString())
        return std::nullopt;
    const auto result = QByteArray::fromBase64Encoding(json.toString().toUtf8(), QByteArray::AbortOnBase64DecodingErrors);
    return result ? std::optional(result.decoded) : std::nullopt;
}

std::optional<QDateTime> jsonToDateTime(const QJsonValue &json)
{
    const QDateTime time = fromIsoString(json.toString());
    return json.isString() && time.isValid() ? std::optional(time.toUTC()) : std::nullopt;
}

QJsonValue gadgetToJson(const QMetaObject &type, const void *gadget)
{
    QJsonObject object;
    for (int i = 0; i < type.propertyCount(); ++i) {
        const QMetaProperty property = type.property(i);
        object.insert(QLatin1StringView(property.name()), variantToJson(property.readOnGadget(gadget)));
    }
    return object;
}

bool jsonToGadget(const QJsonValue &json, const QMetaObject &type, void *gadget)
{
    if (!json.isObject())
        return false;
    for (int i = 0; i < type.propertyCount(); ++i) {
        const QMetaProperty property = type.property(i);
        if (!property.isWritable())
            continue;
        QVariant value(property.metaType());
        const QJsonValue member = json[QLatin1StringView(property.name())];
        const bool isUnset = member.isNull() && variantToJson(value).isNull(); // a date without a value
        if ((!isUnset && !jsonToVariant(member, value)) || !property.writeOnGadget(gadget, value))
            return false;
    }
    return true;
}

} // namespace Sojourn::Detail
