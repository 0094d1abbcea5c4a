package io.defradb.client.jmx;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import javax.management.MBeanServer;
import javax.management.Notification;
import javax.management.NotificationBroadcasterSupport;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;

class RegisteredBeanTest {
  private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();

  /** What a bean of these tests shows. */
  public interface NumberMXBean {
    int getNumber();
  }

  @Test
  void givenANewerBeanOfTheSameName_whenTheOldOneIsClosedLate_thenTheNewerStays() throws Exception {
    var name = new ObjectName("io.defradb.test:type=late");
    RegisteredBean old = show(name, 1);
    try (RegisteredBean newer = show(name, 2)) {
      assertThat(server.getAttribute(name, "Number")).isEqualTo(2);
      old.close();
      assertThat(newer.name()).isEqualTo(name);
      assertThat(server.getAttribute(name, "Number")).isEqualTo(2);
    }
    assertThat(server.isRegistered(name)).isFalse();
  }

  @Test
  void givenABeanThatIsClosed_whenItIsClosedAgain_thenTheNextOfItsNameStays() throws Exception {
    var name = new ObjectName("io.defradb.test:type=twice");
    RegisteredBean first = show(name, 1);
    first.close();
    try (RegisteredBean second = show(name, 2)) {
      first.close();
      assertThat(server.isRegistered(second.name())).isTrue();
    }
  }

  @Test
  void givenAnEmitter_whenItSends_thenListenersOfTheNameHearIt_andTheOldOneTakesNothingAway()
      throws Exception {
    var name = new ObjectName("io.defradb.test:type=emitting");
    var sent = new NotificationBroadcasterSupport();
    RegisteredBean old = RegisteredBean.<NumberMXBean>show(name, () -> 1, NumberMXBean.class, sent);
    try (RegisteredBean newer =
        RegisteredBean.<NumberMXBean>show(name, () -> 2, NumberMXBean.class, sent)) {
      old.close();
      List<Object> heard = new ArrayList<>();
      server.addNotificationListener(
          newer.name(), (notification, handback) -> heard.add(notification), null, null);
      var notification = new Notification("type", name, 1);
      sent.sendNotification(notification);
      assertThat(heard).containsExactly(notification);
    }
  }

  private static RegisteredBean show(ObjectName name, int number) {
    return RegisteredBean.<NumberMXBean>show(name, () -> number, NumberMXBean.class);
  }
}
