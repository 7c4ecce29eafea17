// SPDX-License-Identifier: MIT
#pragma once

#include <Sojourn/SessionStore>

#include <QtCore/QElapsedTimer>
#include <QtCore/QObject>
#include <QtCore/QTimer>

/// Increments one session's counter for as long as it lives, one after the other.
class Counting : public QObject
{
public:
    Counting(Sojourn::SessionStore &store, const Sojourn::SessionKey &key, Sojourn::SessionChange change)
        : m_store(store), m_key(key), m_change(std::move(change))
    {
        next();
    }

    int answered = 0; // with success
    int unsure = 0;   // may have happened
    int failed = 0;
    QElapsedTimer sinceSuccess;
    qint64 longestGap = 0; // ms without a success
    bool stops = false;

private:
    void next()
    {
        m_store.update(m_key, m_change).then(this, [this](const Sojourn::Result<Sojourn::SessionInfo> &result) {
            if (result) {
                ++answered;
                if (sinceSuccess.isValid())
                    longestGap = std::max(longestGap, sinceSuccess.elapsed());
                sinceSuccess.start();
            } else if (result.error().text.contains(QStringLiteral("may or may not"))) {
                ++unsure;
            } else {
                ++failed;
            }
            if (!stops)
                QTimer::singleShot(result ? 0 : 5, this, [this] { next(); });
        });
    }

    Sojourn::SessionStore &m_store;
    const Sojourn::SessionKey m_key;
    const Sojourn::SessionChange m_change;
};
