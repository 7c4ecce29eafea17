// SPDX-License-Identifier: MIT
#include "convert.h"

#include <QtCore/QHash>
#include <QtCore/QMetaProperty>
#include <QtCore/QVariant>
#if QT_VERSION >= QT_VERSION_CHECK(6, 11, 0)
#include <QtCore/QMetaAssociation>
#include <QtCore/QMetaSequence>
#else
#include <QtCore/QAssociativeIterable>
#include <QtCore/QSequentialIterable>
#endif

#include <string>

using namespace Qt::StringLiterals;

namespace Sojourn::Detail {

namespace {

bool jsonToVariant(const QJsonValue &json, QVariant &value);

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

/// How a type is written and read that QVariant knows nothing about but its name.
struct Codec
{
    QJsonValue (*write)(const void *value);
    bool (*read)(const QJsonValue &json, void *value);
};

template<class T>
void addCodec(QHash<int, Codec> &codecs)
{
    codecs.insert(QMetaType::fromType<T>().id(), {[](const void *value) { return toJsonValue(*static_cast<const T *>(value)); },
                                                  [](const QJsonValue &json, void *value) {
                                                      auto read = fromJsonValue<T>(json);
                                                      if (read)
                                                          *static_cast<T *>(value) = std::move(*read);
                                                      return read.has_value();
                                                  }});
}
template<class... T>
void addCodecs(QHash<int, Codec> &codecs)
{
    (addCodec<T>(codecs), ...);
}

const Codec *codecOf(QMetaType type)
{
    static const QHash<int, Codec> codecs = [] {
        using namespace std::chrono;
        QHash<int, Codec> all;
        addCodecs<float, double, QString, std::string, QByteArray, QDateTime, QDate, QTime, QUuid, QUrl>(all);
        addCodecs<nanoseconds, microseconds, milliseconds, seconds, minutes, hours, days, weeks>(all);
        addCodecs<std::optional<bool>, std::optional<int>, std::optional<unsigned>, std::optional<qint64>, std::optional<quint64>,
                  std::optional<double>, std::optional<QString>, std::optional<std::string>, std::optional<QByteArray>,
                  std::optional<QDateTime>, std::optional<QDate>, std::optional<QTime>, std::optional<QUuid>, std::optional<QUrl>,
                  std::optional<milliseconds>, std::optional<seconds>>(all);
        all.insert(QMetaType::QChar, {[](const void *value) { return QJsonValue(QString(*static_cast<const QChar *>(value))); },
                                      [](const QJsonValue &json, void *value) {
                                          const QString text = json.toString();
                                          if (text.size() == 1)
                                              *static_cast<QChar *>(value) = text.front();
                                          return text.size() == 1;
                                      }});
        return all;
    }();
    const auto it = codecs.constFind(type.id());
    return it == codecs.cend() ? nullptr : &*it;
}

/// Whether the application has said how the type is text and back.
bool isTextToo(QMetaType type)
{
    const QMetaType text = QMetaType::fromType<QString>();
    return type.isValid() && QMetaType::canConvert(type, text) && QMetaType::canConvert(text, type);
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

/// Reads \a json as the enum type that \a value has; false if its underlying type cannot hold the number.
bool readEnum(const QJsonValue &json, QVariant &value)
{
    const QMetaType type = value.metaType();
    const auto bits = static_cast<int>(type.sizeOf() * 8);
    const bool isUnsigned = type.flags() & QMetaType::IsUnsignedEnumeration;
    const std::optional<quint64> natural = isUnsigned ? jsonToUnsigned(json) : std::nullopt;
    const std::optional<qint64> integer = isUnsigned ? std::nullopt : jsonToInteger(json);
    if (!natural && !integer)
        return false;
    const qint64 number = natural ? static_cast<qint64>(*natural) : *integer;
    if (bits < 64) {
        if (natural ? *natural >> bits != 0 : (number >> (bits - 1)) != 0 && (number >> (bits - 1)) != -1)
            return false;
    }
    switch (bits) {
    case 8:
        *static_cast<qint8 *>(value.data()) = static_cast<qint8>(number);
        return true;
    case 16:
        *static_cast<qint16 *>(value.data()) = static_cast<qint16>(number);
        return true;
    case 32:
        *static_cast<qint32 *>(value.data()) = static_cast<qint32>(number);
        return true;
    case 64:
        *static_cast<qint64 *>(value.data()) = number;
        return true;
    default:
        return false;
    }
}

bool readList(const QJsonValue &json, QVariant &value)
{
    if (!json.isArray())
        return false;
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

bool readMap(const QJsonValue &json, QVariant &value)
{
    if (!json.isObject())
        return false;
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

bool jsonToVariant(const QJsonValue &json, QVariant &value)
{
    const QMetaType type = value.metaType();
    if (isInteger(type))
        return readInteger(json, value);
    switch (type.id()) {
    case QMetaType::Bool:
        return readInto<bool>(json, value);
    case QMetaType::QVariant:
        value = json.isNull() ? QVariant() : json.toVariant();
        return true;
    case QMetaType::QJsonValue:
        return readInto<QJsonValue>(json, value);
    case QMetaType::QJsonObject:
        return readInto<QJsonObject>(json, value);
    case QMetaType::QJsonArray:
        return readInto<QJsonArray>(json, value);
    case QMetaType::QStringList:
        return readInto<QStringList>(json, value);
    case QMetaType::QVariantList:
        value = json.toArray().toVariantList();
        return json.isArray();
    case QMetaType::QVariantMap:
        value = json.toObject().toVariantMap();
        return json.isObject();
    case QMetaType::QVariantHash:
        value = json.toObject().toVariantHash();
        return json.isObject();
    default:
        break;
    }
    if (const Codec *codec = codecOf(type))
        return codec->read(json, value.data());
    if (type.flags() & QMetaType::IsEnumeration)
        return readEnum(json, value);
    if (type.flags() & QMetaType::IsGadget && type.metaObject())
        return jsonToGadget(json, *type.metaObject(), value.data());
    if (value.canView<SequentialIterable>())
        return readList(json, value);
    if (value.canView<AssociativeIterable>())
        return readMap(json, value);
    if (!json.isString() || !isTextToo(type))
        return false;
    value = json.toString();
    return value.convert(type);
}

} // namespace

QJsonValue variantToJson(const QVariant &value)
{
    const QMetaType type = value.metaType();
    if (!type.isValid() || type.id() == QMetaType::Nullptr)
        return QJsonValue();
    if (type.id() == QMetaType::ULongLong || type.id() == QMetaType::ULong)
        return unsignedToJson(value.toULongLong());
    if (isInteger(type))
        return QJsonValue(value.toLongLong());
    switch (type.id()) {
    case QMetaType::Bool:
        return value.toBool();
    case QMetaType::QJsonValue:
        return value.toJsonValue();
    case QMetaType::QJsonObject:
        return value.toJsonObject();
    case QMetaType::QJsonArray:
        return value.toJsonArray();
    default:
        break;
    }
    if (const Codec *codec = codecOf(type))
        return codec->write(value.constData());
    if (type.flags() & QMetaType::IsEnumeration)
        return type.flags() & QMetaType::IsUnsignedEnumeration && type.sizeOf() == 8 ? unsignedToJson(value.toULongLong())
                                                                                     : QJsonValue(value.toLongLong());
    if (type.flags() & QMetaType::IsGadget && type.metaObject())
        return gadgetToJson(*type.metaObject(), value.constData());
    if (value.canConvert<QVariantList>()) {
        QJsonArray array;
        for (const QVariant &item : value.toList()) {
            const QJsonValue json = variantToJson(item);
            if (json.isUndefined())
                return json;
            array.append(json);
        }
        return array;
    }
    if (value.canConvert<QVariantMap>()) {
        QJsonObject object;
        const QVariantMap map = value.toMap();
        for (auto it = map.begin(); it != map.end(); ++it) {
            const QJsonValue json = variantToJson(it.value());
            if (json.isUndefined())
                return json;
            object.insert(it.key(), json);
        }
        return object;
    }
    return isTextToo(type) ? QJsonValue(value.toString()) : QJsonValue(QJsonValue::Undefined);
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

QJsonValue dateToJson(QDate date)
{
    return date.isValid() ? QJsonValue(date.toString(Qt::ISODate)) : QJsonValue();
}

std::optional<QDate> jsonToDate(const QJsonValue &json)
{
    const QDate date = QDate::fromString(json.toString(), Qt::ISODate);
    return json.isString() && date.isValid() ? std::optional(date) : std::nullopt;
}

QJsonValue timeToJson(QTime time)
{
    return time.isValid() ? QJsonValue(time.toString(Qt::ISODateWithMs)) : QJsonValue();
}

std::optional<QTime> jsonToTime(const QJsonValue &json)
{
    const QTime time = QTime::fromString(json.toString(), Qt::ISODateWithMs);
    return json.isString() && time.isValid() ? std::optional(time) : std::nullopt;
}

QJsonValue uuidToJson(const QUuid &uuid)
{
    return uuid.toString(QUuid::WithoutBraces);
}

std::optional<QUuid> jsonToUuid(const QJsonValue &json)
{
    const QUuid uuid = QUuid::fromString(json.toString());
    const bool isNull = uuid.isNull() && json.toString() != uuid.toString(QUuid::WithoutBraces);
    return json.isString() && !isNull ? std::optional(uuid) : std::nullopt;
}

QJsonValue urlToJson(const QUrl &url)
{
    return url.isValid() || url.isEmpty() ? QJsonValue(url.toString(QUrl::FullyEncoded)) : QJsonValue(QJsonValue::Undefined);
}

std::optional<QUrl> jsonToUrl(const QJsonValue &json)
{
    const QUrl url(json.toString(), QUrl::StrictMode);
    return json.isString() && (url.isValid() || json.toString().isEmpty()) ? std::optional(url) : std::nullopt;
}

QJsonValue gadgetToJson(const QMetaObject &type, const void *gadget)
{
    QJsonObject object;
    for (int i = 0; i < type.propertyCount(); ++i) {
        const QMetaProperty property = type.property(i);
        const QJsonValue json = variantToJson(property.readOnGadget(gadget));
        if (json.isUndefined())
            return json;
        object.insert(QLatin1StringView(property.name()), json);
    }
    return object;
}

bool jsonToGadget(const QJsonValue &json, const QMetaObject &type, void *gadget)
{
    if (!json.isObject())
        return false;
    const int missing = type.indexOfClassInfo("sojourn.missing");
    const bool keepsDefaults = missing >= 0 && qstrcmp(type.classInfo(missing).value(), "default") == 0;
    const QJsonObject object = json.toObject();
    for (int i = 0; i < type.propertyCount(); ++i) {
        const QMetaProperty property = type.property(i);
        if (!property.isWritable())
            continue;
        const auto member = object.constFind(QLatin1StringView(property.name()));
        if (member == object.constEnd()) {
            if (keepsDefaults)
                continue;
            return false;
        }
        QVariant value(property.metaType());
        const bool isUnset = member->isNull() && variantToJson(value).isNull(); // a date without a value
        if ((!isUnset && !jsonToVariant(*member, value)) || !property.writeOnGadget(gadget, value))
            return false;
    }
    return true;
}

namespace {

/// Which part of a value has no JSON form, such as "Cart::corner"; empty if it is the value itself.
std::pair<QString, QMetaType> culprit(QMetaType type, const void *value)
{
    if (type == QMetaType::fromType<QVariant>()) {
        const auto *variant = static_cast<const QVariant *>(value);
        return culprit(variant->metaType(), variant->constData());
    }
    if (!(type.flags() & QMetaType::IsGadget) || !type.metaObject())
        return {QString(), type};
    for (int i = 0; i < type.metaObject()->propertyCount(); ++i) {
        const QMetaProperty property = type.metaObject()->property(i);
        const QVariant member = property.readOnGadget(value);
        if (!variantToJson(member).isUndefined())
            continue;
        const auto [name, inner] = culprit(member.metaType(), member.constData());
        const QString own = QLatin1StringView(type.name()) + u"::"_s + QLatin1StringView(property.name());
        return {name.isEmpty() ? own : name, inner};
    }
    return {QString(), type};
}

} // namespace

Error noJsonForm(QMetaType type, const void *value)
{
    const auto [name, inner] = culprit(type, value);
    const QString typeName = QLatin1StringView(inner.name());
    return {Error::Invalid,
            name.isEmpty()
                ? u"A value of type %1 has no JSON form. Store its parts instead."_s.arg(typeName)
                : u"The property %1 of type %2 has no JSON form. Give the gadget a property of another type for it."_s.arg(
                      name, typeName)};
}

} // namespace Sojourn::Detail
