// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QHash>
#include <QtCore/QJsonValue>

#include <optional>

namespace Sojourn::Inspector {

/// Values that JSON text shows as numbered masks: secrets, and texts so long that nobody could type beside them. Each mask stands
/// for one value wherever it is moved to.
class HiddenValues
{
public:
    /// Texts of more characters are hidden.
    static constexpr qsizetype LongText = 16 * 1024;

    /// \a edited with what is to be hidden behind masks; what differs from \a original is seen, as it was typed. Masks of an
    /// earlier call are forgotten.
    [[nodiscard]] QJsonValue hide(const QJsonValue &edited, const QJsonValue &original, bool secretsShown);
    /// \a edited with the values that its masks stand for; nothing where that cannot be told.
    [[nodiscard]] std::optional<QJsonValue> reveal(const QJsonValue &edited) const { return reveal(edited, m_shown); }

private:
    QJsonValue hide(const QJsonValue &edited, const QJsonValue &original, bool secret, bool secretsShown);
    QJsonValue maskFor(const QJsonValue &value);
    std::optional<QJsonValue> reveal(const QJsonValue &edited, const QJsonValue &shown) const;
    bool isMask(const QJsonValue &value) const;
    bool hasMask(const QJsonValue &value) const;
    bool sharesMask(const QJsonValue &a, const QJsonValue &b) const;
    QJsonValue withoutNumbers(const QJsonValue &value) const;
    bool tookAnothersPlace(const QJsonValue &element, const QJsonValue &list) const;

    QHash<QString, QJsonValue> m_values; ///< by mask
    QJsonValue m_shown; ///< what hide() made
};

} // namespace Sojourn::Inspector
