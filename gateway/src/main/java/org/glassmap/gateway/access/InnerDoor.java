package org.glassmap.gateway.access;

import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.apache.catalina.connector.Connector;
import org.apache.coyote.AbstractProtocol;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.stereotype.Component;

/**
 * A second port, for the services alone: keys and token exchange. What is behind it cannot be reached through the port
 * that the world sees, whatever address that one is bound to.
 */
@Component
public class InnerDoor implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {
    private final Connector connector;

    InnerDoor(AccessProperties properties) throws UnknownHostException {
        this.connector = new Connector("HTTP/1.1");
        connector.setPort(properties.innerPort());
        if (connector.getProtocolHandler() instanceof AbstractProtocol<?> protocol) {
            protocol.setAddress(InetAddress.getByName(properties.innerAddress()));
        }
    }

    @Override
    public void customize(TomcatServletWebServerFactory factory) {
        factory.addAdditionalConnectors(connector);
    }

    /** @return the port in use, once the server has started */
    public int port() {
        return connector.getLocalPort();
    }

    boolean leadsHere(HttpServletRequest request) {
        return request.getLocalPort() == port();
    }
}
