// SPDX-License-Identifier: MIT
#include "gauge.h"

#include <QtCore/QDir>
#include <QtCore/QFile>

#include <algorithm>

using namespace Qt::StringLiterals;

void Gauge::look()
{
    QFile status(m_folder + u"status"_s);
    if (!status.open(QIODevice::ReadOnly))
        return;
    const QByteArray text = status.readAll();
    const auto number = [&text](const QByteArray &name) {
        const qsizetype at = text.indexOf(name);
        return at < 0 ? 0 : text.mid(at + name.size(), 20).simplified().split(' ').first().toLongLong();
    };
    const qint64 descriptors = QDir(m_folder + u"fd"_s).entryList(QDir::AllEntries | QDir::System | QDir::NoDotAndDotDot).size();
    m_looks.append({number("\nVmRSS:"), descriptors, number("\nThreads:")});
}

qint64 Gauge::median(qint64 Look::*what, int quarter) const
{
    const qsizetype begin = m_looks.size() * quarter / 4, end = m_looks.size() * (quarter + 1) / 4;
    QList<qint64> values;
    for (qsizetype i = begin; i < end; ++i)
        values.append(m_looks[i].*what);
    std::ranges::sort(values);
    return values.value(values.size() / 2);
}

QString Gauge::growth(bool withMemory) const
{
    if (!isEnough())
        return {};
    const auto grew = [this](qint64 Look::*what, qint64 most) { return median(what, 3) > median(what, 1) + most; };
    const qint64 memory = median(&Look::memory, 1);
    const bool did = (withMemory && grew(&Look::memory, std::max<qint64>(4096, memory / 10))) || grew(&Look::descriptors, 12)
                  || grew(&Look::threads, 3);
    return did ? summary() : QString();
}

QString Gauge::summary() const
{
    if (!isEnough())
        return {};
    const auto both = [this](qint64 Look::*what) {
        return QString::number(median(what, 1)) + u" -> "_s + QString::number(median(what, 3));
    };
    return u"%1: memory %2 KiB, descriptors %3, threads %4"_s.arg(m_name, both(&Look::memory), both(&Look::descriptors),
                                                                  both(&Look::threads));
}
