// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QList>
#include <QtCore/QString>

/// What a process takes up, looked at again and again. Knows nothing where there is no /proc.
class Gauge
{
public:
    Gauge(const QString &name, qint64 pid);

    void look();

    /// What grew from the second quarter of all looks to the last one; empty if nothing did. \a withMemory: once caches are full.
    QString growth(bool withMemory) const;
    /// The medians of the second and of the last quarter.
    QString summary() const;

private:
    struct Look
    {
        qint64 memory; ///< resident, in KiB
        qint64 heap; ///< of it, what the program has not freed, in KiB; 0 if it is not known
        qint64 descriptors, threads;
    };

    bool isEnough() const { return m_looks.size() >= 8; }
    /// In a quarter of the looks, 0 to 3.
    qint64 median(qint64 Look::*what, int quarter) const;

    QString m_name, m_folder;
    bool m_isOwn; ///< of this process
    QList<Look> m_looks;
};
