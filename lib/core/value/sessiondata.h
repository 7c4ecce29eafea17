// SPDX-License-Identifier: MIT
#pragma once

#include "global.h"

#include <QtCore/QByteArray>
#include <QtCore/QJsonObject>

#include <memory>
#include <optional>
#include <vector>

namespace Sojourn {

/// The attributes of a session: name -> JSON value, kept as one implicitly shared run of bytes.
///
/// Copying is free, reading one attribute decodes only that one, and a session of one small attribute takes one small
/// allocation. Names are unique and keep the order in which they came.
class SOJOURN_CORE_EXPORT SessionData
{
public:
    SessionData() = default;
    /// The members of \a object.
    [[nodiscard]] static SessionData fromJson(const QJsonObject &object);
    /// Every attribute as JSON.
    [[nodiscard]] QJsonObject toJson() const;

    /// Whether there is no attribute.
    [[nodiscard]] bool isEmpty() const { return m_bytes.isEmpty(); }
    /// How many attributes there are.
    [[nodiscard]] qsizetype count() const;
    /// Bytes of all names (UTF-8) and values (compact JSON): what the size limit counts.
    [[nodiscard]] qsizetype size() const;
    /// The same for a caller that knows count(), without counting again.
    [[nodiscard]] qsizetype sizeOf(qsizetype count) const { return m_bytes.size() - count * HeadSize; }
    /// The names, in their order.
    [[nodiscard]] QStringList names() const;

    /// Whether there is an attribute \a name (UTF-8).
    [[nodiscard]] bool contains(QByteArrayView name) const { return !json(name).isNull(); }
    /// The JSON text of attribute \a name (UTF-8), a null view if there is none. Valid until this object changes.
    [[nodiscard]] QByteArrayView json(QByteArrayView name) const;
    /// The value of attribute \a name, nothing if there is none.
    [[nodiscard]] std::optional<QJsonValue> value(QAnyStringView name) const;

    /// Sets attribute \a name (UTF-8) to \a json, which must be valid compact JSON. \return whether it had another value or none.
    bool insert(QByteArrayView name, QByteArrayView json);
    /// Sets attribute \a name to \a value. \return whether it had another value or none.
    bool insert(QAnyStringView name, const QJsonValue &value);
    /// The same for a name that is known not to be there, without looking for it.
    void append(QByteArrayView name, QByteArrayView json);
    /// Returns whether the attribute was there.
    bool remove(QByteArrayView name);
    /// Removes every attribute.
    void clear()
    {
        m_bytes.clear();
        m_index.reset();
    }
    /// Whether both share one buffer. Takes constant time; false does not mean that their contents differ.
    [[nodiscard]] bool isSharedWith(const SessionData &other) const
    {
        return m_bytes.constData() == other.m_bytes.constData() && m_bytes.size() == other.m_bytes.size();
    }

    /// The bytes as stores in memory and in frames keep them, and back; nothing if they are damaged.
    [[nodiscard]] QByteArray encoded() const { return m_bytes; }
    /// What encoded() gave.
    [[nodiscard]] static std::optional<SessionData> fromEncoded(const QByteArray &bytes);
    /// The same, unchecked, for who has kept the bytes where nobody else could write to them.
    [[nodiscard]] static SessionData fromOwnEncoding(const QByteArray &bytes)
    {
        SessionData data;
        data.m_bytes = bytes;
        return data;
    }

    /// Calls \a visit(QByteArrayView name, QByteArrayView json) for each attribute.
    template<class F>
    void forEach(F &&visit) const
    {
        for (qsizetype at = 0; at < m_bytes.size();) {
            const Entry e = entryAt(at);
            visit(e.name, e.json);
            at = e.end;
        }
    }

    friend SOJOURN_CORE_EXPORT bool operator==(const SessionData &a, const SessionData &b);

private:
    static constexpr qsizetype HeadSize = 2 * sizeof(quint32);

    struct Entry
    {
        QByteArrayView name;
        QByteArrayView json;
        qsizetype begin;
        qsizetype end;
    };
    Entry entryAt(qsizetype at) const;
    std::optional<Entry> find(QByteArrayView name) const;

    /// Where attributes begin, by their names: for large data into which many are inserted.
    struct Index
    {
        static constexpr quint32 Free = ~quint32(0);

        int inserted = 0; // before there are places
        size_t count = 0;
        std::vector<quint32> places; // an open hash table
    };
    /// Copies of the data go without an index.
    struct IndexPointer : std::unique_ptr<Index>
    {
        IndexPointer() = default;
        IndexPointer(const IndexPointer &) : std::unique_ptr<Index>() { }
        IndexPointer(IndexPointer &&) noexcept = default;
        IndexPointer &operator=(const IndexPointer &)
        {
            reset();
            return *this;
        }
        IndexPointer &operator=(IndexPointer &&) noexcept = default;
        ~IndexPointer() = default;
        using std::unique_ptr<Index>::operator=;
    };
    bool hasIndex() const { return m_index && !m_index->places.empty(); }
    void prepareIndex();
    void addToIndex(QByteArrayView name, qsizetype begin);
    void rebuildIndex(size_t size);

    QByteArray m_bytes; // per attribute: u32 name size, u32 value size, name, value
    IndexPointer m_index;
};

/// \a value as compact JSON text, objects with sorted names. What JSON cannot say becomes null or an escape: values from outside
/// are written with writeJson(), which refuses it.
[[nodiscard]] SOJOURN_CORE_EXPORT QByteArray encodeJson(const QJsonValue &value);
/// The value that \a json spells (any JSON value, not only objects and arrays), nothing if it is not JSON. Reads whatever was
/// stored once; JSON from outside is read with readJsonValue(), which refuses what cannot be kept.
[[nodiscard]] SOJOURN_CORE_EXPORT std::optional<QJsonValue> decodeJson(QByteArrayView json);

namespace Detail {
/// \a name in UTF-8. What is not valid Unicode becomes what is not valid UTF-8, so that it names no attribute.
[[nodiscard]] SOJOURN_CORE_EXPORT QByteArray toUtf8(QAnyStringView name);
/// Calls \a use(QByteArrayView) with \a name in UTF-8, without a copy where it is that already.
template<class F>
decltype(auto) withUtf8(QAnyStringView name, F &&use)
{
    constexpr auto isUtf8 = [](auto view) {
        return !std::is_same_v<decltype(view), QStringView> && !std::is_same_v<decltype(view), QLatin1StringView>;
    };
    if (name.data() && name.visit(isUtf8))
        return use(QByteArrayView(static_cast<const char *>(name.data()), name.size_bytes()));
    const QByteArray utf8 = toUtf8(name);
    return use(QByteArrayView(utf8));
}
} // namespace Detail

} // namespace Sojourn
