// SPDX-License-Identifier: MIT
#include "gauge.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QDir>
#include <QtCore/QFile>

#include <algorithm>

#if defined(__GLIBC__) && __GLIBC_PREREQ(2, 33)
#include <malloc.h>
#endif

using namespace Qt::StringLiterals;

/// The allocator keeps an arena for every thread that ever ran at a time, so what is resident grows with each new start of
/// threads until all arenas have seen their most.
static qint64 ownHeap()
{
#if defined(__GLIBC__) && __GLIBC_PREREQ(2, 33)
    const struct mallinfo2 all = mallinfo2();
    return qint64(all.uordblks + all.hblkhd) / 1024;
#else
    return 0;
#endif
}

Gauge::Gauge(const QString &name, qint64 pid)
    : m_name(name), m_folder(u"/proc/%1/"_s.arg(pid)), m_isOwn(pid == QCoreApplication::applicationPid())
{ }

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
    const qint64 heap = m_isOwn ? ownHeap() : 0;
    m_looks.append({number("\nVmRSS:"), heap, descriptors, number("\nThreads:")});
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
    const auto memory = m_isOwn && ownHeap() > 0 ? &Look::heap : &Look::memory;
    const bool did = (withMemory && grew(memory, std::max<qint64>(4096, median(memory, 1) / 10))) || grew(&Look::descriptors, 12)
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
    const QString heap = m_isOwn ? u" (in use %1)"_s.arg(both(&Look::heap)) : QString();
    return u"%1: memory %2 KiB%3, descriptors %4, threads %5"_s.arg(m_name, both(&Look::memory), heap, both(&Look::descriptors),
                                                                    both(&Look::threads));
}
