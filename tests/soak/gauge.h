// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QList>
#include <QtCore/QString>

/// What a process takes up, looked at again and again. Knows nothing where there is no /proc.
class Gauge
{
public:
    explicit Gauge(const QString &name, qint64 pid) : m_name(name), m_folder(QStringLiteral("/proc/%1/").arg(pid)) { }

    void look();

    /// What grew from the second quarter of all looks to the last one; empty if nothing did. \a withMemory: once caches are full.
    QString growth(bool withMemory) const;
    /// The medians of the second and of the last quarter.
    QString summary() const;

private:
    struct Look
    {
        qint64 memory, descriptors, threads; ///< memory in KiB
    };

    bool isEnough() const { return m_looks.size() >= 8; }
    /// In a quarter of the looks, 0 to 3.
    qint64 median(qint64 Look::*what, int quarter) const;

    QString m_name, m_folder;
    QList<Look> m_looks;
};
