// SPDX-License-Identifier: MIT

// Tells ThreadSanitizer what Qt orders between threads. The distribution's Qt is not built for it, so that the sanitizer sees
// neither queued calls nor semaphores nor the end of a thread, and would report everything that they protect. These definitions
// stand before Qt's own in a program that is built with -fsanitize=thread, and call them.

#include <QtCore/QCoreApplication>
#include <QtCore/QDeadlineTimer>
#include <QtCore/QEvent>
#include <QtCore/QSemaphore>
#include <QtCore/QThread>

#include <cstdarg>
#include <dlfcn.h>
#include <sanitizer/tsan_interface.h>

namespace {

/// Qt's own function, from the library.
template<class Function>
Function original(const char *name)
{
    return reinterpret_cast<Function>(::dlsym(RTLD_NEXT, name));
}

/// A slot around another one. What happened before the call was made, or before the signal of \a sender, happens before the slot.
class OrderedSlot : public QtPrivate::QSlotObjectBase
{
public:
    OrderedSlot(QSlotObjectBase *slot, const void *sender) : QSlotObjectBase(&run), m_slot(slot), m_sender(sender)
    {
        __tsan_release(this);
    }
    void waited() { __tsan_acquire(this); }

private:
    static void run(int which, QSlotObjectBase *self, QObject *receiver, void **arguments, bool *result)
    {
        auto *ordered = static_cast<OrderedSlot *>(self);
        switch (which) {
        case Destroy:
            __tsan_acquire(ordered);
            ordered->m_slot->destroyIfLastRef();
            delete ordered;
            break;
        case Call:
            __tsan_acquire(ordered);
            if (ordered->m_sender)
                __tsan_acquire(const_cast<void *>(ordered->m_sender));
            ordered->m_slot->call(receiver, arguments);
            __tsan_release(ordered);
            break;
        case Compare:
            *result = ordered->m_slot->compare(arguments);
            break;
        }
    }

    QSlotObjectBase *m_slot;
    const void *m_sender;
};

/// What was posted to an object, its deletion included, comes after what was done before.
bool eventArrives(void **data)
{
    __tsan_acquire(data[0]);
    return false;
}

const bool isRegistered = QInternal::registerCallback(QInternal::EventNotifyCallback, eventArrives);

} // namespace

bool QMetaObject::invokeMethodImpl(QObject *object, QtPrivate::QSlotObjectBase *slot, Qt::ConnectionType type, void *result)
{
    static const auto real = original<decltype(&QMetaObject::invokeMethodImpl)>(
        "_ZN11QMetaObject16invokeMethodImplEP7QObjectPN9QtPrivate15QSlotObjectBaseEN2Qt14ConnectionTypeEPv");
    auto *ordered = new OrderedSlot(slot, nullptr);
    ordered->ref();
    const bool done = real(object, ordered, type, result);
    if (type == Qt::BlockingQueuedConnection)
        ordered->waited();
    ordered->destroyIfLastRef();
    return done;
}

QMetaObject::Connection QObject::connectImpl(const QObject *sender, void **signal, const QObject *receiver, void **slotPointer,
                                             QtPrivate::QSlotObjectBase *slot, Qt::ConnectionType type, const int *types,
                                             const QMetaObject *senderMetaObject)
{
    static const auto real = original<decltype(&QObject::connectImpl)>(
        "_ZN7QObject11connectImplEPKS_PPvS1_S3_PN9QtPrivate15QSlotObjectBaseEN2Qt14ConnectionTypeEPKiPK11QMetaObject");
    return real(sender, signal, receiver, slotPointer, new OrderedSlot(slot, sender), type, types, senderMetaObject);
}

void QMetaObject::activate(QObject *sender, const QMetaObject *metaObject, int signal, void **arguments)
{
    static const auto real =
        original<void (*)(QObject *, const QMetaObject *, int, void **)>("_ZN11QMetaObject8activateEP7QObjectPKS_iPPv");
    __tsan_release(sender);
    real(sender, metaObject, signal, arguments);
}

void QObject::deleteLater()
{
    static const auto real = original<void (*)(QObject *)>("_ZN7QObject11deleteLaterEv");
    __tsan_release(this);
    real(this);
}

void QCoreApplication::postEvent(QObject *receiver, QEvent *event, int priority)
{
    static const auto real =
        original<decltype(&QCoreApplication::postEvent)>("_ZN16QCoreApplication9postEventEP7QObjectP6QEventi");
    __tsan_release(receiver);
    real(receiver, event, priority);
}

void QSemaphore::acquire(int count)
{
    static const auto real = original<void (*)(QSemaphore *, int)>("_ZN10QSemaphore7acquireEi");
    real(this, count);
    __tsan_acquire(this);
}

void QSemaphore::release(int count)
{
    static const auto real = original<void (*)(QSemaphore *, int)>("_ZN10QSemaphore7releaseEi");
    __tsan_release(this);
    real(this, count);
}

void QThread::start(Priority priority)
{
    static const auto real = original<void (*)(QThread *, Priority)>("_ZN7QThread5startENS_8PriorityE");
    QObject::connect(this, &QThread::finished, this, [this] { __tsan_release(this); }, Qt::DirectConnection);
    real(this, priority);
}

bool QThread::wait(QDeadlineTimer deadline)
{
    static const auto real = original<bool (*)(QThread *, QDeadlineTimer)>("_ZN7QThread4waitE14QDeadlineTimer");
    const bool ended = real(this, deadline);
    __tsan_acquire(this);
    return ended;
}

bool QThread::isFinished() const
{
    static const auto real = original<bool (*)(const QThread *)>("_ZNK7QThread10isFinishedEv");
    const bool finished = real(this);
    __tsan_acquire(const_cast<QThread *>(this));
    return finished;
}

// QProcess starts its child in the memory of this one, which sleeps until then. The sanitizer takes it for a copy and ends the
// program.
extern "C" int clone(int (*run)(void *), void *stack, int flags, void *argument, ...)
{
    static const auto real = original<int (*)(int (*)(void *), void *, int, void *, ...)>("clone");
    std::va_list more;
    va_start(more, argument);
    void *const parent = va_arg(more, void *);
    void *const tls = va_arg(more, void *);
    void *const child = va_arg(more, void *);
    va_end(more);
    return real(run, stack, flags, argument, parent, tls, child);
}
